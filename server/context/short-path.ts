/** The innermost root that holds a path, or null. Paths are absolute. */
export function rootOf(path: string, roots: readonly string[]): string | null {
  let innermost: string | null = null
  for (const root of roots) {
    if (!path.startsWith(root) || !/^[/\\]/.test(path.slice(root.length, root.length + 1))) continue
    if (innermost === null || root.length > innermost.length) innermost = root
  }
  return innermost
}

/** A path as a prompt names it: from its root on, or its last name alone, so that it says nothing of the machine. */
export function shortPath(path: string, roots: readonly string[]): string {
  const root = rootOf(path, roots)
  return root === null
    ? path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1)
    : path.slice(root.length + 1)
}
