package io.github.k8sclient.test;

import java.util.Map;
import java.util.stream.Collectors;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One step on the way to a field, in the notation of {@code managedFields}: the name of a
 * member ({@code f:}), the keys ({@code k:}) or the value ({@code v:}) of an element of a
 * list, or its index ({@code i:}).
 *
 * @param kind the kind of step
 * @param name the name, or the value as JSON with sorted members
 */
record PathElement(Kind kind, String name) implements Comparable<PathElement> {

	private static final JsonMapper SORTED = JsonMapper.builder()
		.enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
		.build();

	static PathElement field(String name) {
		return new PathElement(Kind.FIELD, name);
	}

	static PathElement keys(ObjectNode keys) {
		return new PathElement(Kind.KEYS, SORTED.writeValueAsString(keys));
	}

	static PathElement value(JsonNode value) {
		return new PathElement(Kind.VALUE, SORTED.writeValueAsString(value));
	}

	/**
	 * Read a step.
	 * @param text the notation, such as {@code f:spec}
	 * @return the step
	 * @throws IllegalArgumentException if it is none
	 */
	static PathElement parse(String text) {
		if (text.length() < 2 || text.charAt(1) != ':') {
			throw new IllegalArgumentException("No element of a path: " + text);
		}
		String name = text.substring(2);
		return switch (text.charAt(0)) {
			case 'f' -> field(name);
			case 'k' -> new PathElement(Kind.KEYS, canonical(name));
			case 'v' -> new PathElement(Kind.VALUE, canonical(name));
			case 'i' -> new PathElement(Kind.INDEX, name);
			default -> throw new IllegalArgumentException("No element of a path: " + text);
		};
	}

	private static String canonical(String json) {
		try {
			return SORTED.writeValueAsString(SORTED.readTree(json));
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException("No JSON: " + json, ex);
		}
	}

	/**
	 * The step in the notation of {@code managedFields}.
	 * @return the notation
	 */
	String notation() {
		return this.kind.prefix + this.name;
	}

	@Override
	public int compareTo(PathElement other) {
		int byKind = this.kind.compareTo(other.kind);
		return (byKind != 0) ? byKind : this.name.compareTo(other.name);
	}

	/**
	 * The step as it is printed in messages.
	 * @return for example {@code .spec} or {@code [name="c"]}
	 */
	@Override
	public String toString() {
		return switch (this.kind) {
			case FIELD -> "." + this.name;
			case KEYS -> SORTED.readTree(this.name)
				.properties()
				.stream()
				.sorted(Map.Entry.comparingByKey())
				.map((key) -> key.getKey() + "=" + key.getValue())
				.collect(Collectors.joining(",", "[", "]"));
			case VALUE -> "[=" + this.name + "]";
			case INDEX -> "[" + this.name + "]";
		};
	}

	/**
	 * The kinds of steps, in the order in which they are written.
	 */
	enum Kind {

		FIELD("f:"), KEYS("k:"), VALUE("v:"), INDEX("i:");

		private final String prefix;

		Kind(String prefix) {
			this.prefix = prefix;
		}

	}

}
