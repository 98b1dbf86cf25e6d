package io.github.k8sclient.test;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds what a strict decoder complains about: members that a kind does not have, and
 * members that are there twice.
 */
final class StrictDecoding {

	private StrictDecoding() {
	}

	/**
	 * Find undeclared members.
	 * @param path the path of the value, empty for a whole object
	 * @param value the value
	 * @param type its type
	 * @param found where to add the paths of what was found
	 */
	static void unknownFields(String path, JsonNode value, FieldType type, List<String> found) {
		if (value instanceof ObjectNode object) {
			object.forEachEntry((name, member) -> {
				String memberPath = path.isEmpty() ? name : path + "." + name;
				if (type.isClosed() && !type.declares(name)) {
					found.add(memberPath);
				}
				else {
					unknownFields(memberPath, member, type.member(name), found);
				}
			});
		}
		for (int i = 0; value.isArray() && i < value.size(); i++) {
			unknownFields("%s[%d]".formatted(path, i), value.get(i), type.element(), found);
		}
	}

	/**
	 * Find members that are there twice.
	 * @param json the JSON text
	 * @return their paths; none if the text is no JSON
	 */
	static List<String> duplicateFields(byte[] json) {
		List<String> found = new ArrayList<>();
		Deque<Set<String>> names = new ArrayDeque<>();
		try (JsonParser parser = ModelCodec.MAPPER.createParser(json)) {
			for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
				if (token == JsonToken.START_OBJECT) {
					names.push(new HashSet<>());
				}
				else if (token == JsonToken.END_OBJECT) {
					names.pop();
				}
				else if (token == JsonToken.PROPERTY_NAME && !names.element().add(parser.currentName())) {
					found.add(path(parser.streamReadContext().pathAsPointer()));
				}
			}
		}
		catch (JacksonException ex) {
			return List.of();
		}
		return found;
	}

	private static String path(JsonPointer pointer) {
		StringBuilder path = new StringBuilder();
		for (JsonPointer rest = pointer; !rest.matches(); rest = rest.tail()) {
			if (rest.mayMatchElement()) {
				path.append('[').append(rest.getMatchingIndex()).append(']');
			}
			else {
				path.append(path.isEmpty() ? "" : ".").append(rest.getMatchingProperty());
			}
		}
		return path.toString();
	}

	/**
	 * The complaints in the words of the API server.
	 * @param unknown the paths of undeclared members
	 * @param duplicate the paths of members that are there twice
	 * @return the complaints
	 */
	static List<String> complaints(List<String> unknown, List<String> duplicate) {
		List<String> complaints = new ArrayList<>();
		unknown.stream().sorted().forEach((path) -> complaints.add("unknown field " + FieldError.quote(path)));
		duplicate.forEach((path) -> complaints.add("duplicate field " + FieldError.quote(path)));
		return complaints;
	}

}
