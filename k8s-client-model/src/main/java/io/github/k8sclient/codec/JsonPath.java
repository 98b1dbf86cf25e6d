package io.github.k8sclient.codec;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

import org.jspecify.annotations.Nullable;

/**
 * Says in words where a byte is: {@code spec.containers[0].name}. The path is found by
 * reading the document again up to that byte, so that reading itself need not keep track.
 */
final class JsonPath {

	private static final int MAX_LENGTH = 512;

	private final byte[] bytes;

	private final int to;

	private final Deque<Level> levels = new ArrayDeque<>();

	private int index;

	private JsonPath(byte[] bytes, int to) {
		this.bytes = bytes;
		this.to = to;
	}

	/**
	 * Describes a position.
	 * @param bytes bytes that begin with the document, which is valid up to the position
	 * @param to the position
	 * @return the members and indexes that lead there, empty for the outermost value
	 */
	static String of(byte[] bytes, int to) {
		JsonPath path = new JsonPath(bytes, to);
		while (path.index < to) {
			path.step();
		}
		return path.describe();
	}

	private void step() {
		byte next = this.bytes[this.index++];
		Level level = this.levels.peek();
		switch (next) {
			case '{' -> this.levels.push(new Level(false));
			case '[' -> this.levels.push(new Level(true));
			case '}', ']' -> this.levels.poll();
			case ',' -> {
				if (level != null) {
					level.next();
				}
			}
			case '"' -> {
				String text = text();
				if (level != null && text != null) {
					level.name(text);
				}
			}
			default -> {
			}
		}
	}

	private @Nullable String text() {
		int from = this.index;
		while (this.index < this.to && this.bytes[this.index] != '"') {
			this.index += (this.bytes[this.index] == '\\') ? 2 : 1;
		}
		if (this.index >= this.to) {
			return null;
		}
		return new String(this.bytes, from, Math.min(this.index++ - from, MAX_LENGTH), StandardCharsets.UTF_8);
	}

	private String describe() {
		StringBuilder path = new StringBuilder();
		Iterator<Level> outermostFirst = this.levels.descendingIterator();
		while (outermostFirst.hasNext() && path.length() < MAX_LENGTH) {
			outermostFirst.next().describe(path);
		}
		if (path.length() > MAX_LENGTH) {
			path.setLength(MAX_LENGTH);
		}
		return (path.length() == MAX_LENGTH) ? path.append("...").toString() : path.toString();
	}

	private static final class Level {

		private final boolean array;

		private int element;

		private @Nullable String name;

		Level(boolean array) {
			this.array = array;
		}

		void next() {
			this.element++;
			this.name = null;
		}

		void name(String text) {
			// the first text of a member is its name, the next one its value
			if (!this.array && this.name == null) {
				this.name = text;
			}
		}

		void describe(StringBuilder path) {
			if (this.array) {
				path.append('[').append(this.element).append(']');
			}
			else if (this.name != null) {
				boolean plain = this.name.chars()
					.allMatch((character) -> Character.isLetterOrDigit(character) || character == '_'
							|| character == '-' || character == '$');
				if (plain && !this.name.isEmpty()) {
					path.append((path.length() == 0) ? "" : ".").append(this.name);
				}
				else {
					path.append("['").append(this.name).append("']");
				}
			}
		}

	}

}
