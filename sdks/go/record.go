package hotplex

import (
	"math"
	"slices"
)

// record reads the fields of a JSON object strictly, as far as the first one that is wrong. encoding/json would take
// what is missing for zero, and one spelling of a name for another.
type record struct {
	fields map[string]any
	ok     bool
}

// reader turns a JSON value into what it stands for, or says that it is none.
type reader[T any] func(value any) (T, bool)

// maxInteger is the largest number up to which JSON's numbers are exact.
const maxInteger = 1<<53 - 1

func openRecord(value any) *record {
	fields, ok := value.(map[string]any)
	return &record{fields: fields, ok: ok}
}

func required[T any](from *record, name string, read reader[T]) T {
	value, isThere := from.fields[name]
	result, ok := read(value)
	from.ok = from.ok && isThere && ok
	return result
}

// optional reads a field that may be left out, but not be null.
func optional[T any](from *record, name string, read reader[T]) T {
	if _, isThere := from.fields[name]; isThere {
		return required(from, name, read)
	}
	var absent T
	return absent
}

func optionalPointer[T any](from *record, name string, read reader[T]) *T {
	if _, isThere := from.fields[name]; !isThere {
		return nil
	}
	value := required(from, name, read)
	return &value
}

// except has the fields that are none of those.
func (from *record) except(names ...string) map[string]any {
	var others map[string]any
	for name, value := range from.fields {
		if slices.Contains(names, name) {
			continue
		}
		if others == nil {
			others = map[string]any{}
		}
		others[name] = value
	}
	return others
}

func readText(value any) (string, bool) {
	text, ok := value.(string)
	return text, ok
}

func readBool(value any) (bool, bool) {
	truth, ok := value.(bool)
	return truth, ok
}

func readNumber(value any) (float64, bool) {
	number, ok := value.(float64)
	return number, ok
}

func readInteger(value any) (int64, bool) {
	number, ok := value.(float64)
	if !ok || number != math.Trunc(number) || math.Abs(number) > maxInteger {
		return 0, false
	}
	return int64(number), true
}

func readAny(value any) (any, bool) { return value, true }

func oneOf[T ~string](values ...T) reader[T] {
	return func(value any) (T, bool) {
		text, ok := value.(string)
		return T(text), ok && slices.Contains(values, T(text))
	}
}

func listOf[T any](read reader[T]) reader[[]T] {
	return func(value any) ([]T, bool) {
		items, ok := value.([]any)
		list := make([]T, 0, len(items))
		for _, item := range items {
			one, isOne := read(item)
			ok = ok && isOne
			list = append(list, one)
		}
		return list, ok
	}
}

func mapOf[T any](read reader[T]) reader[map[string]T] {
	return func(value any) (map[string]T, bool) {
		fields, ok := value.(map[string]any)
		result := make(map[string]T, len(fields))
		for name, field := range fields {
			one, isOne := read(field)
			ok = ok && isOne
			result[name] = one
		}
		return result, ok
	}
}

// nullable reads a value that may be null, which is nil then.
func nullable[T any](read reader[T]) reader[*T] {
	return func(value any) (*T, bool) {
		if value == nil {
			return nil, true
		}
		result, ok := read(value)
		return &result, ok
	}
}

// nilable is nullable for what can be nil by itself.
func nilable[T any](read reader[T]) reader[T] {
	return func(value any) (T, bool) {
		if value == nil {
			var none T
			return none, true
		}
		return read(value)
	}
}

func asAny[T any](read reader[T]) reader[any] {
	return func(value any) (any, bool) {
		return read(value)
	}
}

func either(readers ...reader[any]) reader[any] {
	return func(value any) (any, bool) {
		for _, read := range readers {
			if result, ok := read(value); ok {
				return result, true
			}
		}
		return nil, false
	}
}

// typeOf is the field by which the records of a union are told apart.
func typeOf(value any) string {
	return optional(openRecord(value), "type", readText)
}

func asChoice[C any, T any](record T, ok bool) (C, bool) {
	choice, isOne := any(record).(C)
	return choice, ok && isOne
}

func asEvent[T Event](event T, ok bool) (Event, bool, bool) {
	return event, true, ok
}
