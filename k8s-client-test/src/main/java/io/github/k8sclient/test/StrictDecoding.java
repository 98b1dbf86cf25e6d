package io.github.k8sclient.test;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds what a strict decoder complains about: members that a kind does not have, and
 * members that are there twice.
 */
final class StrictDecoding {

	private final FieldType type;

	private final List<String> complaints = new ArrayList<>();

	private StrictDecoding(FieldType type) {
		this.type = type;
	}

	/**
	 * Find members that are there twice.
	 * @param json the JSON text
	 * @return the complaints in the order of the text; none if it is no JSON
	 */
	static List<String> duplicates(byte[] json) {
		return complaints(json, FieldType.UNKNOWN);
	}

	/**
	 * Find undeclared members and those that are there twice.
	 * @param json the JSON text
	 * @param type the type of the value
	 * @return the complaints in the order of the text; none if it is no JSON
	 */
	static List<String> complaints(byte[] json, FieldType type) {
		StrictDecoding decoding = new StrictDecoding(type);
		try (JsonParser parser = ModelCodec.MAPPER.createParser(json)) {
			parser.nextToken();
			decoding.value(parser, "", decoding.type);
		}
		catch (JacksonException ex) {
			return List.of();
		}
		return decoding.complaints;
	}

	private void value(JsonParser parser, String path, FieldType type) {
		if (parser.currentToken() == JsonToken.START_OBJECT) {
			Set<String> names = new HashSet<>();
			while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
				member(parser, child(path, parser.currentName()), type, names);
			}
		}
		else if (parser.currentToken() == JsonToken.START_ARRAY) {
			for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
				value(parser, "%s[%d]".formatted(path, i), type.element());
			}
		}
	}

	private void member(JsonParser parser, String path, FieldType type, Set<String> names) {
		String name = parser.currentName();
		boolean first = names.add(name);
		parser.nextToken();
		if (!isKnown(type, name)) {
			if (first) {
				this.complaints.add("unknown field " + FieldError.quote(path));
			}
			parser.skipChildren();
			return;
		}
		if (!first) {
			this.complaints.add("duplicate field " + FieldError.quote(path));
		}
		value(parser, path, type.member(name));
	}

	/**
	 * Find undeclared members.
	 * @param path the path of the value, empty for a whole object
	 * @param value the value
	 * @param type its type
	 * @return the complaints in the order of the paths
	 */
	static List<String> unknownFields(String path, JsonNode value, FieldType type) {
		List<String> found = new ArrayList<>();
		collect(path, value, type, found);
		return unknown(found);
	}

	private static void collect(String path, JsonNode value, FieldType type, List<String> found) {
		if (value instanceof ObjectNode object) {
			object.forEachEntry((name, member) -> {
				if (isKnown(type, name)) {
					collect(child(path, name), member, type.member(name), found);
				}
				else {
					found.add(child(path, name));
				}
			});
		}
		for (int i = 0; value.isArray() && i < value.size(); i++) {
			collect("%s[%d]".formatted(path, i), value.get(i), type.element(), found);
		}
	}

	/**
	 * Complain about undeclared members.
	 * @param paths the paths of the members
	 * @return the complaints in the order of the paths
	 */
	static List<String> unknown(List<String> paths) {
		return new TreeSet<>(paths).stream().map((path) -> "unknown field " + FieldError.quote(path)).toList();
	}

	private static boolean isKnown(FieldType type, String name) {
		return !type.isClosed() || type.declares(name);
	}

	private static String child(String path, String name) {
		return path.isEmpty() ? name : path + "." + name;
	}

}
