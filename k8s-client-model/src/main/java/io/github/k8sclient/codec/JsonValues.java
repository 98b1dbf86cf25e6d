package io.github.k8sclient.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.k8sclient.value.RawJson;
import org.jspecify.annotations.Nullable;

/**
 * For generated code: it may change in any release.
 * <p>
 * JSON values of any form as immutable trees of Java's own types:
 * <ul>
 * <li>an object is a Map in the order of the document, an array is a List,</li>
 * <li>a text is a String, true and false are a Boolean, null is null,</li>
 * <li>an integer is a Long, or a BigInteger if it needs more than 64 bits,</li>
 * <li>a number with a fraction or an exponent is a BigDecimal with exactly its
 * digits.</li>
 * </ul>
 *
 * @since 0.1.0
 */
public final class JsonValues {

	/**
	 * Stands for null on the reader's stack.
	 */
	private static final Object NULL = new Object();

	private JsonValues() {
	}

	/**
	 * Reads the value that comes next.
	 * @param in the reader
	 * @return the value
	 * @throws DecodingException if it is not valid
	 */
	public static @Nullable Object read(JsonReader in) {
		if (in.isObject()) {
			return readObject(in);
		}
		if (in.isArray()) {
			return readArray(in);
		}
		if (in.isString()) {
			return in.readString();
		}
		return in.isBoolean() ? in.readBoolean() : in.readNumber();
	}

	/**
	 * Reads the object that comes next.
	 * @param in the reader
	 * @return the members in the order of the document
	 * @throws DecodingException if it is not valid
	 */
	public static Map<String, @Nullable Object> readObject(JsonReader in) {
		in.beginObject();
		int mark = in.mark();
		boolean nulls = false;
		for (String key = in.nextKey(); key != null; key = in.nextKey()) {
			in.push(key);
			Object value = read(in);
			in.push((value != null) ? value : NULL);
			nulls |= value == null;
		}
		Map<String, @Nullable Object> members = in.popMap(mark);
		return nulls ? withNulls(members) : members;
	}

	private static Map<String, @Nullable Object> withNulls(Map<String, @Nullable Object> members) {
		Map<String, @Nullable Object> copy = new LinkedHashMap<>(members);
		copy.replaceAll((name, value) -> (value != NULL) ? value : null);
		return Collections.unmodifiableMap(copy);
	}

	private static List<@Nullable Object> readArray(JsonReader in) {
		in.beginArray();
		int mark = in.mark();
		boolean nulls = false;
		while (in.nextElement()) {
			Object element = read(in);
			in.push((element != null) ? element : NULL);
			nulls |= element == null;
		}
		List<@Nullable Object> elements = in.popList(mark);
		return nulls ? withNulls(elements) : elements;
	}

	private static List<@Nullable Object> withNulls(List<@Nullable Object> elements) {
		@Nullable Object[] copy = elements.toArray();
		Arrays.setAll(copy, (index) -> (copy[index] != NULL) ? copy[index] : null);
		return Collections.unmodifiableList(Arrays.asList(copy));
	}

	/**
	 * Copies the members of an object.
	 * @param members the members, of the types that {@link #read} gives
	 * @return an immutable map that needs little memory
	 */
	public static Map<String, @Nullable Object> object(Map<String, @Nullable Object> members) {
		return members.containsValue(null) ? Collections.unmodifiableMap(new LinkedHashMap<>(members))
				: Immutables.copyOf(members);
	}

	/**
	 * Writes a value, the members of objects sorted by their names as Go does.
	 * @param value the value, of the types that {@link #read} gives
	 * @param out the writer
	 */
	public static void write(@Nullable Object value, JsonWriter out) {
		if (value instanceof String text) {
			out.writeString(text);
		}
		else if (value instanceof Boolean bool) {
			out.writeBoolean(bool);
		}
		else if (value instanceof Number number) {
			out.writeNumber(number);
		}
		else if (value instanceof Map<?, ?> map) {
			writeObject(map, out);
		}
		else if (value instanceof List<?> list) {
			out.beginArray();
			list.forEach((element) -> write(element, out));
			out.endArray();
		}
		else {
			out.writeNull();
		}
	}

	@SuppressWarnings("unchecked")
	private static void writeObject(Map<?, ?> map, JsonWriter out) {
		out.beginObject();
		for (Map.Entry<String, ?> entry : JsonWriter.sorted((Map<String, ?>) map)) {
			out.key(entry.getKey());
			write(entry.getValue(), out);
		}
		out.endObject();
	}

	/**
	 * Copies a value of any of the types that have a JSON form without doubt: texts,
	 * booleans, numbers, {@link RawJson}, collections, and maps with texts as keys.
	 * @param value the value
	 * @return an immutable copy, of the types that {@link #read} gives
	 * @throws IllegalArgumentException if the value is of another type, a number is not
	 * finite, or the value is nested too deeply or in itself
	 */
	public static @Nullable Object copyOf(@Nullable Object value) {
		return copyOf(value, DecodingOptions.DEFAULT_MAX_DEPTH);
	}

	private static @Nullable Object copyOf(@Nullable Object value, int depth) {
		if (depth == 0) {
			throw new IllegalArgumentException("nested deeper than " + DecodingOptions.DEFAULT_MAX_DEPTH);
		}
		if (value == null || value instanceof String || value instanceof Boolean || value instanceof Long) {
			return value;
		}
		if (value instanceof Map<?, ?> map) {
			return copyOfMap(map, depth - 1);
		}
		if (value instanceof Collection<?> collection) {
			List<@Nullable Object> copy = new ArrayList<>(collection.size());
			collection.forEach((element) -> copy.add(copyOf(element, depth - 1)));
			return Collections.unmodifiableList(copy);
		}
		if (value instanceof RawJson json) {
			JsonReader in = new JsonReader(json.toByteArray(), DecodingOptions.defaults());
			Object copy = read(in);
			in.expectEnd();
			return copy;
		}
		return copyOfNumber(value);
	}

	private static Map<String, @Nullable Object> copyOfMap(Map<?, ?> map, int depth) {
		Map<String, @Nullable Object> copy = new LinkedHashMap<>();
		map.forEach((key, value) -> {
			if (!(key instanceof String name)) {
				throw new IllegalArgumentException("names of members must be texts");
			}
			copy.put(name, copyOf(value, depth));
		});
		return object(copy);
	}

	private static Object copyOfNumber(Object value) {
		if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
			return ((Number) value).longValue();
		}
		if (value instanceof BigInteger integer) {
			return (integer.bitLength() < Long.SIZE) ? (Object) integer.longValue() : integer;
		}
		if (value instanceof BigDecimal) {
			return value;
		}
		if (value instanceof Double || value instanceof Float) {
			// the text has the digits that the number is known by
			return new BigDecimal(finite((Number) value).toString());
		}
		throw new IllegalArgumentException("JSON has no form for " + value.getClass().getName());
	}

	private static Number finite(Number value) {
		if (!Double.isFinite(value.doubleValue())) {
			throw new IllegalArgumentException("JSON has no form for " + value);
		}
		return value;
	}

}
