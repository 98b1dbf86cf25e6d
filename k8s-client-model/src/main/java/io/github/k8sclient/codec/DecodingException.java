package io.github.k8sclient.codec;

import org.jspecify.annotations.Nullable;

/**
 * Bytes that are not what they should be: broken syntax, a value of the wrong type, a
 * message that ends too early, or one that is nested too deeply or too long. The message
 * names the place, and never the content, which may be a secret.
 *
 * @since 0.1.0
 */
public final class DecodingException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private static final int MAX_REASON_LENGTH = 256;

	private final String reason;

	private final @Nullable String type;

	private final String path;

	private final long offset;

	/**
	 * Describes a failure.
	 * @param reason what is wrong
	 * @param type simple name of the type that was to be read, null if not known
	 * @param path where in that type, as {@link #path()} says; empty for the type itself
	 * @param offset position of the offending byte
	 * @param cause what a value's own parser says, if anything
	 */
	public DecodingException(String reason, @Nullable String type, String path, long offset,
			@Nullable Throwable cause) {
		super(message(shortened(reason), type, path, offset), cause);
		this.reason = shortened(reason);
		this.type = type;
		this.path = path;
		this.offset = offset;
	}

	private static String shortened(String reason) {
		return (reason.length() <= MAX_REASON_LENGTH) ? reason : reason.substring(0, MAX_REASON_LENGTH) + "...";
	}

	private static String message(String reason, @Nullable String type, String path, long offset) {
		StringBuilder message = new StringBuilder("Cannot decode ");
		message.append((type != null) ? type : "object");
		if (!path.isEmpty()) {
			message.append(" at ").append(path);
		}
		return message.append(" (byte ").append(offset).append("): ").append(reason).toString();
	}

	/**
	 * The same failure seen from further outside.
	 * @param type simple name of the outer type
	 * @param prefix path that leads from the outer type to the one that was read; empty
	 * if they are the same
	 * @param offset what to add to the byte offset
	 * @return a new exception with this one's reason, cause and stack trace
	 */
	public DecodingException within(@Nullable String type, String prefix, long offset) {
		String joined = (prefix.isEmpty() || this.path.isEmpty() || this.path.startsWith("[")) ? prefix + this.path
				: prefix + "." + this.path;
		DecodingException outer = new DecodingException(this.reason, type, joined, this.offset + offset, getCause());
		outer.setStackTrace(getStackTrace());
		return outer;
	}

	/**
	 * What is wrong, without the place.
	 * @return the reason
	 */
	public String reason() {
		return this.reason;
	}

	/**
	 * Simple name of the type that was to be read.
	 * @return the name, null if it is not known
	 */
	public @Nullable String type() {
		return this.type;
	}

	/**
	 * Where the failure is: the members that lead to it ({@code spec.containers[0].name})
	 * or, in protobuf, the field numbers ({@code 2.2[1].1}, where {@code [1]} is the
	 * second occurrence of a field; {@code [0]} is left out).
	 * @return the path, empty for the outermost value
	 */
	public String path() {
		return this.path;
	}

	/**
	 * Position of the offending byte, counted from the beginning of the body or stream.
	 * @return the offset, zero for the first byte
	 */
	public long offset() {
		return this.offset;
	}

}
