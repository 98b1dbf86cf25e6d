package io.github.k8sclient.value;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * An immutable sequence of bytes, such as one entry of a Secret's data. JSON carries it
 * as Base64 text (RFC 4648, padded), protobuf as it is.
 * <p>
 * Its {@code toString()} gives the length only, as the content is often a secret.
 *
 * @since 0.1.0
 */
public final class Bytes {

	/**
	 * No bytes.
	 */
	public static final Bytes EMPTY = new Bytes(new byte[0]);

	private final byte[] content;

	private Bytes(byte[] content) {
		this.content = content;
	}

	/**
	 * Copies an array.
	 * @param content the bytes, not null
	 * @return the bytes
	 */
	public static Bytes of(byte[] content) {
		return copyOf(content, 0, content.length);
	}

	/**
	 * Copies a part of an array.
	 * @param source the array, not null
	 * @param from index of the first byte
	 * @param to index after the last byte
	 * @return the bytes
	 */
	public static Bytes copyOf(byte[] source, int from, int to) {
		Objects.checkFromToIndex(from, to, source.length);
		return (from == to) ? EMPTY : new Bytes(Arrays.copyOfRange(source, from, to));
	}

	/**
	 * Encodes a text as UTF-8.
	 * @param text the text, not null
	 * @return its bytes
	 */
	public static Bytes ofUtf8(String text) {
		return text.isEmpty() ? EMPTY : new Bytes(text.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Decodes Base64 text with the standard alphabet.
	 * @param text the encoded text, not null
	 * @return the bytes
	 * @throws IllegalArgumentException if the text is not Base64
	 */
	public static Bytes ofBase64(String text) {
		return text.isEmpty() ? EMPTY : new Bytes(Base64.getDecoder().decode(text));
	}

	/**
	 * Number of bytes.
	 * @return the length
	 */
	public int size() {
		return this.content.length;
	}

	/**
	 * Whether there are no bytes.
	 * @return true when the length is zero
	 */
	public boolean isEmpty() {
		return this.content.length == 0;
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
	 * Decodes the bytes as UTF-8; a malformed sequence becomes U+FFFD.
	 * @return the text
	 */
	public String toUtf8() {
		return new String(this.content, StandardCharsets.UTF_8);
	}

	/**
	 * Encodes the bytes as Base64 with the standard alphabet and padding.
	 * @return the text
	 */
	public String toBase64() {
		return Base64.getEncoder().encodeToString(this.content);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return this == other || (other instanceof Bytes bytes && Arrays.equals(this.content, bytes.content));
	}

	@Override
	public int hashCode() {
		return Arrays.hashCode(this.content);
	}

	@Override
	public String toString() {
		return "Bytes[" + this.content.length + "]";
	}

}
