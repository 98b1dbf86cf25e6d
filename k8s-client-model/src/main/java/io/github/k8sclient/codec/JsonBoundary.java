package io.github.k8sclient.codec;

/**
 * Finds where a JSON value ends without checking it: by its quotes and brackets only.
 */
final class JsonBoundary {

	private JsonBoundary() {
	}

	/**
	 * Finds the end of an object or array that begins at an index. Sixteen bytes after
	 * the limit must be readable.
	 * @return index after the closing bracket, or -1 if it is not before the limit
	 */
	static int endOfValue(byte[] bytes, int from, int limit) {
		int depth = 0;
		int index = from;
		while (index < limit) {
			switch (bytes[index++]) {
				case '"' -> index = endOfString(bytes, index, limit);
				case '{', '[' -> depth++;
				case '}', ']' -> {
					if (--depth == 0) {
						return index;
					}
				}
				default -> {
				}
			}
		}
		return -1;
	}

	private static int endOfString(byte[] bytes, int from, int limit) {
		int index = from;
		while (index < limit) {
			long stops = Bits.stringStops(Bits.word(bytes, index));
			if (stops == 0) {
				index += 8;
				continue;
			}
			index += Long.numberOfTrailingZeros(stops) >>> 3;
			byte stop = bytes[index++];
			if (stop == '"') {
				return index;
			}
			if (stop == '\\') {
				index++;
			}
		}
		return limit;
	}

}
