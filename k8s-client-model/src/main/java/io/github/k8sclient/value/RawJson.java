package io.github.k8sclient.value;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * A JSON value of any form kept as its bytes: {@code FieldsV1}, {@code RawExtension} and
 * the free parts of a CustomResourceDefinition's schema. It is neither reformatted nor
 * understood, so that writing gives back what was read.
 * <p>
 * What a JSON reader made is valid JSON. What came inside a protobuf message is kept as
 * the server gave it, which may also be a protobuf envelope ({@link #isProtobuf()}). Two
 * values are equal when their bytes are.
 *
 * @since 0.1.0
 */
public final class RawJson {

	/**
	 * The JSON value {@code null}.
	 */
	public static final RawJson NULL = of("null");

	private final byte[] content;

	private RawJson(byte[] content) {
		this.content = content;
	}

	/**
	 * Keeps a JSON text. Its syntax is checked when it is written.
	 * @param json the text, not null
	 * @return the value
	 */
	public static RawJson of(String json) {
		return new RawJson(json.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Copies a JSON text in UTF-8. Its syntax is checked when it is written.
	 * @param json the bytes, not null
	 * @return the value
	 */
	public static RawJson of(byte[] json) {
		return new RawJson(json.clone());
	}

	/**
	 * Copies a part of an array.
	 * @param source the array, not null
	 * @param from index of the first byte
	 * @param to index after the last byte
	 * @return the value
	 */
	public static RawJson copyOf(byte[] source, int from, int to) {
		Objects.checkFromToIndex(from, to, source.length);
		return new RawJson(Arrays.copyOfRange(source, from, to));
	}

	/**
	 * Number of bytes.
	 * @return the length
	 */
	public int size() {
		return this.content.length;
	}

	/**
	 * Whether the bytes are not JSON but an object in Kubernetes' protobuf envelope,
	 * which begins with the bytes {@code k8s\0}. Only protobuf messages hold such values.
	 * @return true for an enveloped object
	 */
	public boolean isProtobuf() {
		byte[] bytes = this.content;
		return bytes.length >= 4 && bytes[0] == 'k' && bytes[1] == '8' && bytes[2] == 's' && bytes[3] == 0;
	}

	/**
	 * Copies the bytes into a new array.
	 * @return the array, the caller's own
	 */
	public byte[] toByteArray() {
		return this.content.clone();
	}

	/**
	 * Copies all bytes into an array.
	 * @param target the array, with {@link #size()} bytes of room
	 * @param position where the first byte goes
	 */
	public void copyTo(byte[] target, int position) {
		System.arraycopy(this.content, 0, target, position, this.content.length);
	}

	/**
	 * Whether an array holds exactly these bytes at a position. Cheaper than making a
	 * value to compare with.
	 * @param source the array
	 * @param from index of the first byte
	 * @param to index after the last byte that may be compared
	 * @return true if the bytes from {@code from} on start with this value
	 */
	public boolean isPrefixOf(byte[] source, int from, int to) {
		int length = this.content.length;
		return to - from >= length && Arrays.equals(this.content, 0, length, source, from, from + length);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return this == other || (other instanceof RawJson raw && Arrays.equals(this.content, raw.content));
	}

	@Override
	public int hashCode() {
		return Arrays.hashCode(this.content);
	}

	/**
	 * The JSON text.
	 * @return the bytes decoded as UTF-8
	 */
	@Override
	public String toString() {
		return new String(this.content, StandardCharsets.UTF_8);
	}

}
