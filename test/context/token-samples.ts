/** A page of code in every built-in language, written for these tests, and one of prose. */
export const TOKEN_SAMPLES: Readonly<Record<string, string>> = {
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
  c: `#include <stdlib.h>
#include <string.h>

struct queue { void **items; size_t head, count, capacity; };

/* Returns 0, or -1 where memory is short. */
int queue_push(struct queue *queue, void *item) {
  if (queue->count == queue->capacity) {
    size_t capacity = queue->capacity ? queue->capacity * 2 : 16;
    void **items = realloc(queue->items, capacity * sizeof *items);
    if (items == NULL) return -1;
    queue->items = items;
    queue->capacity = capacity;
  }
  queue->items[(queue->head + queue->count++) % queue->capacity] = item;
  return 0;
}
`,
  "c-sharp": `using System.Collections.Generic;

namespace Acme.Billing
{
    public sealed class InvoiceService : IInvoiceService
    {
        private readonly IRepository<Invoice> _invoices;

        public InvoiceService(IRepository<Invoice> invoices) => _invoices = invoices;

        public async Task<decimal> TotalAsync(Guid customerId, CancellationToken token)
        {
            var open = await _invoices.Where(i => i.CustomerId == customerId && !i.Paid).ToListAsync(token);
            return open.Sum(invoice => invoice.Lines.Sum(line => line.Price * line.Quantity));
        }
    }
}
`,
  cpp: `#include <algorithm>
#include <memory>
#include <vector>

template <typename Key, typename Value>
class LruCache {
 public:
  explicit LruCache(std::size_t limit) : limit_(limit) {}

  const Value* find(const Key& key) {
    auto it = index_.find(key);
    if (it == index_.end()) return nullptr;
    entries_.splice(entries_.begin(), entries_, it->second);
    return &it->second->second;
  }

 private:
  std::size_t limit_;
  std::list<std::pair<Key, Value>> entries_;
  std::unordered_map<Key, typename std::list<std::pair<Key, Value>>::iterator> index_;
};
`,
  css: `.toolbar {
  display: grid;
  grid-template-columns: auto 1fr auto;
  gap: 0.5rem;
  padding: 8px 12px;
  background: var(--surface, #f7f7f9);
  border-bottom: 1px solid rgb(0 0 0 / 10%);
}
.toolbar > button:hover,
.toolbar > button:focus-visible {
  outline: 2px solid currentColor;
  transform: translateY(-1px);
  transition: transform 120ms ease-out;
}
@media (max-width: 640px) {
  .toolbar { grid-template-columns: 1fr; }
}
`,
  dart: `import 'package:flutter/material.dart';

class CounterPage extends StatefulWidget {
  const CounterPage({super.key, required this.title});
  final String title;

  @override
  State<CounterPage> createState() => _CounterPageState();
}

class _CounterPageState extends State<CounterPage> {
  int _counter = 0;

  @override
  Widget build(BuildContext context) {
    return Scaffold(
      appBar: AppBar(title: Text(widget.title)),
      body: Center(child: Text('You pushed $_counter times')),
      floatingActionButton: FloatingActionButton(onPressed: () => setState(() => _counter++)),
    );
  }
}
`,
  dockerfile: `FROM node:22-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build && npm prune --omit=dev

FROM node:22-slim
ENV NODE_ENV=production PORT=8080
WORKDIR /app
COPY --from=build /app/dist ./dist
COPY --from=build /app/node_modules ./node_modules
USER node
EXPOSE 8080
HEALTHCHECK --interval=30s CMD node dist/health.js
CMD ["node", "dist/server.js"]
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
  go: `package store

import (
	"context"
	"database/sql"
	"fmt"
)

// Users reads and writes accounts.
type Users struct{ db *sql.DB }

// ByEmail returns nil where nobody has the address.
func (u *Users) ByEmail(ctx context.Context, email string) (*User, error) {
	row := u.db.QueryRowContext(ctx, "SELECT id, name FROM users WHERE email = $1", email)
	var user User
	if err := row.Scan(&user.ID, &user.Name); err == sql.ErrNoRows {
		return nil, nil
	} else if err != nil {
		return nil, fmt.Errorf("reading user %q: %w", email, err)
	}
	return &user, nil
}
`,
  html: `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Orders</title>
    <link rel="stylesheet" href="/assets/main.css">
  </head>
  <body>
    <form action="/orders" method="post" class="order-form">
      <label for="name">Name</label>
      <input id="name" name="name" type="text" required maxlength="80">
      <button type="submit" class="primary">Send order</button>
    </form>
    <script type="module" src="/assets/main.js"></script>
  </body>
</html>
`,
  java: `package dev.acme.tasks;

import java.util.List;
import java.util.Optional;

public final class TaskRepository {
    private final Map<Long, Task> tasks = new ConcurrentHashMap<>();

    public Optional<Task> findById(long id) {
        return Optional.ofNullable(tasks.get(id));
    }

    public List<Task> findOpen(String owner) {
        return tasks.values().stream()
            .filter(task -> !task.isDone() && task.getOwner().equals(owner))
            .sorted(Comparator.comparing(Task::getDueDate))
            .collect(Collectors.toList());
    }
}
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
  json: `{
  "name": "orders",
  "version": "2.4.1",
  "private": true,
  "scripts": {
    "build": "tsc --build",
    "test": "vitest run --coverage",
    "lint": "eslint src --max-warnings 0"
  },
  "dependencies": {
    "express": "^4.19.2",
    "pg": "^8.11.5",
    "zod": "^3.23.8"
  },
  "files": ["dist", "README.md"],
  "engines": { "node": ">=20" }
}
`,
  kotlin: `package dev.acme.weather

import kotlinx.coroutines.flow.Flow

data class Forecast(val city: String, val celsius: Double, val rain: Boolean = false)

class ForecastViewModel(private val repository: ForecastRepository) : ViewModel() {
    private val _state = MutableStateFlow<List<Forecast>>(emptyList())
    val state: Flow<List<Forecast>> = _state

    fun refresh(cities: List<String>) = viewModelScope.launch {
        _state.value = cities.mapNotNull { city -> repository.load(city) }
            .sortedByDescending { it.celsius }
    }
}
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
  make: `CC ?= gcc
CFLAGS += -Wall -Wextra -O2
SOURCES := $(wildcard src/*.c)
OBJECTS := $(SOURCES:src/%.c=build/%.o)

.PHONY: all clean test
all: build/app

build/app: $(OBJECTS)
	$(CC) $(LDFLAGS) -o $@ $^

build/%.o: src/%.c | build
	$(CC) $(CFLAGS) -MMD -c -o $@ $<

build:
	mkdir -p build

test: all
	./build/app --self-test

clean:
	rm -rf build
`,
  markdown: `# Orders

A small service that takes orders and tells the warehouse about them.

## Getting started

1. Install the dependencies with \`npm ci\`.
2. Copy \`.env.example\` to \`.env\` and fill in the address of the database.
3. Run \`npm start\`, then open <http://localhost:8080>.

| setting | default | what it does |
|---|---|---|
| \`PORT\` | 8080 | where the service listens |
| \`RETRIES\` | 3 | how often a failed delivery is tried again |

See [CONTRIBUTING](CONTRIBUTING.md) before you send a change.
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
  rust: `use std::collections::HashMap;
use std::io::{self, BufRead};

/// Counts how often each word stands in a text.
pub fn count_words<R: BufRead>(reader: R) -> io::Result<HashMap<String, usize>> {
    let mut counts = HashMap::new();
    for line in reader.lines() {
        for word in line?.split_whitespace() {
            *counts.entry(word.to_lowercase()).or_insert(0) += 1;
        }
    }
    Ok(counts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_each_word() {
        let counts = count_words("a b a".as_bytes()).unwrap();
        assert_eq!(counts["a"], 2);
    }
}
`,
  scala: `package acme.streams

import scala.concurrent.{ExecutionContext, Future}

sealed trait Event
final case class Created(id: Long, name: String) extends Event
final case class Removed(id: Long) extends Event

class EventLog(store: Store)(implicit ec: ExecutionContext) {
  def replay(from: Long): Future[Map[Long, String]] =
    store.read(from).map(_.foldLeft(Map.empty[Long, String]) {
      case (state, Created(id, name)) => state + (id -> name)
      case (state, Removed(id))       => state - id
    })
}
`,
  scss: `@use "sass:math";

$spacing: 8px;
$breakpoints: (small: 480px, large: 1200px);

@mixin above($name) {
  @media (min-width: map-get($breakpoints, $name)) { @content; }
}

.card {
  padding: $spacing * 2;
  border-radius: math.div($spacing, 2);

  &__title { font-weight: 600; }
  &:hover { box-shadow: 0 2px 8px rgba(black, 0.2); }

  @include above(large) { padding: $spacing * 3; }
}
`,
  sql: `CREATE TABLE orders (
  id BIGSERIAL PRIMARY KEY,
  customer_id BIGINT NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
  total NUMERIC(10, 2) NOT NULL DEFAULT 0,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE INDEX orders_by_customer ON orders (customer_id, created_at DESC);

SELECT c.name, count(*) AS orders, sum(o.total) AS revenue
FROM customers c
LEFT JOIN orders o ON o.customer_id = c.id
WHERE o.created_at >= date_trunc('month', now())
GROUP BY c.name
HAVING sum(o.total) > 1000
ORDER BY revenue DESC
LIMIT 20;
`,
  swift: `import Foundation

struct Track: Codable, Identifiable {
    let id: UUID
    var title: String
    var duration: TimeInterval
}

final class Library: ObservableObject {
    @Published private(set) var tracks: [Track] = []

    func load(from url: URL) async throws {
        let (data, response) = try await URLSession.shared.data(from: url)
        guard (response as? HTTPURLResponse)?.statusCode == 200 else { throw LoadError.badStatus }
        tracks = try JSONDecoder().decode([Track].self, from: data).sorted { $0.title < $1.title }
    }
}
`,
  toml: `[package]
name = "orders"
version = "0.3.0"
edition = "2021"
license = "MIT"

[dependencies]
serde = { version = "1.0", features = ["derive"] }
tokio = { version = "1.38", features = ["macros", "rt-multi-thread"] }
tracing = "0.1"

[dev-dependencies]
proptest = "1.4"

[profile.release]
lto = true
codegen-units = 1
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
  yaml: `name: build
on:
  push:
    branches: [main]
  pull_request:

jobs:
  test:
    runs-on: ubuntu-latest
    strategy:
      matrix:
        node: [20, 22, 24]
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: \${{ matrix.node }}
          cache: npm
      - run: npm ci
      - run: npm test
`,
  zig: `const std = @import("std");

pub const Stack = struct {
    items: []u32,
    len: usize = 0,
    allocator: std.mem.Allocator,

    pub fn push(self: *Stack, item: u32) !void {
        if (self.len == self.items.len) {
            self.items = try self.allocator.realloc(self.items, self.items.len * 2);
        }
        self.items[self.len] = item;
        self.len += 1;
    }

    pub fn pop(self: *Stack) ?u32 {
        if (self.len == 0) return null;
        self.len -= 1;
        return self.items[self.len];
    }
};
`,
  prose: `The first thing a reader wants to know is what the program does, and the second is how to start it. Everything else can
wait. When we wrote the guide we kept asking whether a sentence would help somebody who had never seen the project before;
if it did not, we took it out. Numbers are given with the machine on which they were measured, because without it they say
nothing. Where a choice was hard, the guide tells what else was tried and why it was given up, so that nobody has to go down
the same road again. It is short, and it should stay that way.
`,
}
