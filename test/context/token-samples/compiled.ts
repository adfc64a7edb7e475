/** A page of code in every built-in language that is compiled, written for these tests. */
export const COMPILED_SAMPLES: Readonly<Record<string, string>> = {
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
}
