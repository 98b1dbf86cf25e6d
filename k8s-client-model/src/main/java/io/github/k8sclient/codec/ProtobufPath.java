package io.github.k8sclient.codec;

/**
 * Finds the number of the field that holds a nested message by reading the message around
 * it again, so that reading itself need not keep track.
 */
final class ProtobufPath {

	private final byte[] bytes;

	private final int limit;

	private int index;

	private ProtobufPath(byte[] bytes, int from, int limit) {
		this.bytes = bytes;
		this.index = from;
		this.limit = limit;
	}

	/**
	 * Appends the number of a field, and which of its occurrences it is.
	 * @param path where to append
	 * @param bytes bytes that are valid up to the nested message
	 * @param from start of the message around
	 * @param limit end of the message around
	 * @param nested start of the nested message
	 */
	static void append(StringBuilder path, byte[] bytes, int from, int limit, int nested) {
		int number = new ProtobufPath(bytes, from, limit).numberOf(nested);
		if (number == 0) {
			return;
		}
		path.append((path.length() == 0) ? "" : ".").append(number);
		int occurrence = new ProtobufPath(bytes, from, limit).count(number, nested);
		if (occurrence > 0) {
			path.append('[').append(occurrence).append(']');
		}
	}

	private int numberOf(int nested) {
		while (this.index < nested) {
			int tag = (int) varint();
			if (skip(tag) == nested) {
				return tag >>> 3;
			}
		}
		return 0;
	}

	private int count(int number, int nested) {
		int count = 0;
		while (this.index < nested) {
			int tag = (int) varint();
			if (skip(tag) == nested) {
				return count;
			}
			count += (tag >>> 3 == number) ? 1 : 0;
		}
		return count;
	}

	/**
	 * Skips a field.
	 * @return where its content begins
	 */
	private int skip(int tag) {
		int content = this.index;
		switch (tag & 7) {
			case ProtobufReader.VARINT -> varint();
			case ProtobufReader.FIXED64 -> this.index += 8;
			case ProtobufReader.FIXED32 -> this.index += 4;
			case ProtobufReader.LENGTH_DELIMITED -> {
				long length = varint();
				content = this.index;
				this.index += (int) length;
			}
			default -> {
				// the fields of a group count as fields of the message
			}
		}
		return content;
	}

	private long varint() {
		long value = 0;
		for (int shift = 0; this.index < this.limit && shift < 70; shift += 7) {
			byte next = this.bytes[this.index++];
			value |= (long) (next & 0x7f) << shift;
			if (next >= 0) {
				break;
			}
		}
		return value;
	}

}
