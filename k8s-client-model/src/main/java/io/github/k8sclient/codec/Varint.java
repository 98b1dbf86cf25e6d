package io.github.k8sclient.codec;

/**
 * Protobuf's variable-length numbers, unsigned.
 */
final class Varint {

	private Varint() {
	}

	static int size(long value) {
		return (70 - Long.numberOfLeadingZeros(value | 1)) / 7;
	}

	/**
	 * Writes a number.
	 * @return index after its last byte
	 */
	static int put(byte[] target, int index, long value) {
		long rest = value;
		int next = index;
		while ((rest & ~0x7fL) != 0) {
			target[next++] = (byte) (rest | 0x80);
			rest >>>= 7;
		}
		target[next++] = (byte) rest;
		return next;
	}

}
