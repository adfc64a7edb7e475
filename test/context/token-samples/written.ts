/** A page of every built-in language that describes and does not run, and one of prose, written for these tests. */
export const WRITTEN_SAMPLES: Readonly<Record<string, string>> = {
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
  prose: `The first thing a reader wants to know is what the program does, and the second is how to start it. Everything else can
wait. When we wrote the guide we kept asking whether a sentence would help somebody who had never seen the project before;
if it did not, we took it out. Numbers are given with the machine on which they were measured, because without it they say
nothing. Where a choice was hard, the guide tells what else was tried and why it was given up, so that nobody has to go down
the same road again. It is short, and it should stay that way.
`,
}
