/** Whether a host name means this machine. */
export function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(hostname)
}

/**
 * Why the base URL of a service must not be used, as a sentence for the user; null if it may. Keys and code go in the
 * clear only to this machine, unless the user's own settings say otherwise. `service` names it: `the model`.
 */
export function addressProblem(service: string, baseUrl: string, allowPlain: boolean): string | null {
  if (!URL.canParse(baseUrl)) return `${service}'s address is not a URL: ${baseUrl}`
  const url = new URL(baseUrl)
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    return `${service}'s address must start with http or https: ${baseUrl}`
  }
  if (/[?#]/.test(baseUrl)) return `${service}'s address must end with its path, without ? or #: ${baseUrl}`
  if (url.protocol === "https:") return null
  if (allowPlain || isLoopback(url.hostname)) return null
  return `${service} at ${url.host} would be reached without encryption; use https, or allow it in your own settings`
}
