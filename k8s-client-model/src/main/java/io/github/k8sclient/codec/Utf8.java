package io.github.k8sclient.codec;

/**
 * Strict UTF-8 (RFC 3629): no overlong forms, no surrogates, nothing above U+10FFFF.
 */
final class Utf8 {

	private Utf8() {
	}

	/**
	 * Finds the first byte that is no UTF-8.
	 * @return its index, or -1 if all is well
	 */
	static int firstInvalid(byte[] bytes, int from, int to) {
		int index = from;
		while (index < to) {
			int lead = bytes[index];
			if (lead >= 0) {
				index++;
				continue;
			}
			int length = sequenceLength(bytes, index, to);
			if (length == 0) {
				return index;
			}
			index += length;
		}
		return -1;
	}

	private static int sequenceLength(byte[] bytes, int index, int to) {
		int lead = bytes[index] & 0xff;
		int length = (lead >= 0xf0) ? 4 : (lead >= 0xe0) ? 3 : 2;
		if (lead < 0xc2 || lead > 0xf4 || index + length > to) {
			return 0;
		}
		int second = bytes[index + 1] & 0xff;
		int lowest = (lead == 0xe0) ? 0xa0 : (lead == 0xf0) ? 0x90 : 0x80;
		int highest = (lead == 0xed) ? 0x9f : (lead == 0xf4) ? 0x8f : 0xbf;
		if (second < lowest || second > highest) {
			return 0;
		}
		for (int next = index + 2; next < index + length; next++) {
			if ((bytes[next] & 0xc0) != 0x80) {
				return 0;
			}
		}
		return length;
	}

	/**
	 * Writes a code point.
	 * @return index after its last byte
	 */
	static int put(byte[] target, int index, int codePoint) {
		int next = index;
		if (codePoint < 0x80) {
			target[next++] = (byte) codePoint;
		}
		else if (codePoint < 0x800) {
			target[next++] = (byte) (0xc0 | codePoint >> 6);
			target[next++] = (byte) (0x80 | codePoint & 0x3f);
		}
		else if (codePoint < 0x10000) {
			target[next++] = (byte) (0xe0 | codePoint >> 12);
			target[next++] = (byte) (0x80 | codePoint >> 6 & 0x3f);
			target[next++] = (byte) (0x80 | codePoint & 0x3f);
		}
		else {
			target[next++] = (byte) (0xf0 | codePoint >> 18);
			target[next++] = (byte) (0x80 | codePoint >> 12 & 0x3f);
			target[next++] = (byte) (0x80 | codePoint >> 6 & 0x3f);
			target[next++] = (byte) (0x80 | codePoint & 0x3f);
		}
		return next;
	}

	/**
	 * Order of two texts by their UTF-8 bytes, which is Go's order of strings. It differs
	 * from {@link String#compareTo} where one has a surrogate pair.
	 */
	static int compare(String left, String right) {
		int length = Math.min(left.length(), right.length());
		for (int index = 0; index < length; index++) {
			char a = left.charAt(index);
			char b = right.charAt(index);
			if (a != b) {
				boolean surrogates = Character.isSurrogate(a) != Character.isSurrogate(b);
				return (surrogates && a >= 0xd800 && b >= 0xd800) ? Character.isSurrogate(a) ? 1 : -1 : a - b;
			}
		}
		return left.length() - right.length();
	}

}
