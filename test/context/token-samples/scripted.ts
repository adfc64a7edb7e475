/** A page of code in every built-in language that is run as it stands, written for these tests. */
export const SCRIPTED_SAMPLES: Readonly<Record<string, string>> = {
  bash: `#!/usr/bin/env bash
set -euo pipefail

# Uploads every report that is older than a day.
readonly target="\${1:?usage: upload TARGET}"
for file in reports/*.csv; do
  if [[ -f "$file" && $(find "$file" -mtime +1) ]]; then
    gzip --keep "$file"
    curl --fail --silent -T "$file.gz" "https://files.acme.dev/$target/$(basename "$file").gz" || exit 1
    rm -- "$file.gz"
  fi
done
echo "done: $(date +%F)" >> upload.log
`,
  elixir: `defmodule Shop.Cart do
  use GenServer

  def start_link(opts), do: GenServer.start_link(__MODULE__, %{}, opts)

  def add(cart, sku, count \\\\ 1), do: GenServer.call(cart, {:add, sku, count})

  @impl true
  def init(state), do: {:ok, state}

  @impl true
  def handle_call({:add, sku, count}, _from, items) do
    items = Map.update(items, sku, count, &(&1 + count))
    {:reply, {:ok, items |> Map.values() |> Enum.sum()}, items}
  end
end
`,
  javascript: `import { readFile } from "node:fs/promises"
import { join } from "node:path"

const cache = new Map()

/** The parsed settings of a folder; an empty object where it has none. */
export async function loadSettings(folder) {
  if (cache.has(folder)) return cache.get(folder)
  const text = await readFile(join(folder, "settings.json"), "utf8").catch(() => "{}")
  const settings = { retries: 3, verbose: false, ...JSON.parse(text) }
  cache.set(folder, settings)
  return settings
}

module.exports = { loadSettings, clear: () => cache.clear() }
`,
  lua: `local M = {}

-- Splits a line at commas, but not within quotes.
function M.split(line)
  local fields, field, quoted = {}, "", false
  for i = 1, #line do
    local char = line:sub(i, i)
    if char == '"' then
      quoted = not quoted
    elseif char == "," and not quoted then
      table.insert(fields, field)
      field = ""
    else
      field = field .. char
    end
  end
  table.insert(fields, field)
  return fields
end

return M
`,
  php: `<?php

declare(strict_types=1);

namespace Acme\\Shop;

final class Basket
{
    /** @var array<string, int> */
    private array $items = [];

    public function add(string $sku, int $count = 1): void
    {
        $this->items[$sku] = ($this->items[$sku] ?? 0) + $count;
    }

    public function total(PriceList $prices): float
    {
        $total = 0.0;
        foreach ($this->items as $sku => $count) {
            $total += $prices->priceOf($sku) * $count;
        }
        return round($total, 2);
    }
}
`,
  python: `from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Route:
    """A path with the handler that answers it."""

    path: str
    methods: set[str] = field(default_factory=lambda: {"GET"})

    def matches(self, method: str, path: str) -> bool:
        return method in self.methods and path.rstrip("/") == self.path


def load_routes(file: Path) -> list[Route]:
    data = json.loads(file.read_text(encoding="utf-8"))
    return [Route(entry["path"], set(entry.get("methods", ["GET"]))) for entry in data["routes"]]
`,
  ruby: `require "json"

module Billing
  class Invoice
    attr_reader :lines, :customer

    def initialize(customer, lines: [])
      @customer = customer
      @lines = lines
    end

    def total
      lines.sum { |line| line.fetch(:price) * line.fetch(:count, 1) }
    end

    def to_json(*args)
      { customer: customer.name, total: total.round(2), lines: lines }.to_json(*args)
    end
  end
end
`,
  tsx: `import { useEffect, useState } from "react"
import type { User } from "./types"

interface Props { readonly query: string; onSelect(user: User): void }

export function UserList({ query, onSelect }: Props) {
  const [users, setUsers] = useState<User[]>([])

  useEffect(() => {
    const controller = new AbortController()
    fetch(\`/api/users?q=\${encodeURIComponent(query)}\`, { signal: controller.signal })
      .then(response => response.json())
      .then(setUsers)
    return () => controller.abort()
  }, [query])

  return (
    <ul className="user-list">
      {users.map(user => (
        <li key={user.id} onClick={() => onSelect(user)}>{user.name}</li>
      ))}
    </ul>
  )
}
`,
  typescript: `import type { Request, Response } from "./http.ts"

export interface RateLimit {
  readonly perMinute: number
  readonly burst: number
}

/** Refuses clients that ask too often. */
export class Limiter {
  readonly #buckets = new Map<string, { tokens: number; at: number }>()
  readonly #limit: RateLimit

  constructor(limit: RateLimit) {
    this.#limit = limit
  }

  admits(client: string, now: number): boolean {
    const bucket = this.#buckets.get(client) ?? { tokens: this.#limit.burst, at: now }
    const refilled = bucket.tokens + ((now - bucket.at) / 60_000) * this.#limit.perMinute
    bucket.tokens = Math.min(this.#limit.burst, refilled) - 1
    bucket.at = now
    this.#buckets.set(client, bucket)
    return bucket.tokens >= 0
  }
}
`,
  vue: `<script setup lang="ts">
import { computed, ref } from "vue"

const props = defineProps<{ items: { id: number; name: string }[] }>()
const filter = ref("")
const shown = computed(() => props.items.filter(item => item.name.includes(filter.value)))
</script>

<template>
  <section class="list">
    <input v-model="filter" type="search" placeholder="Filter">
    <p v-if="shown.length === 0">Nothing found.</p>
    <ul v-else>
      <li v-for="item in shown" :key="item.id">{{ item.name }}</li>
    </ul>
  </section>
</template>
`,
}
