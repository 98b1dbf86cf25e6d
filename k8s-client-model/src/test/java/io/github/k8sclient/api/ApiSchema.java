package io.github.k8sclient.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The facts of the Kubernetes API, read without the generator: what the tests hold the
 * generated types against.
 */
final class ApiSchema {

	static final ApiSchema INSTANCE = new ApiSchema();

	/**
	 * Fields whose Go type is a union with a JSON form of its own.
	 */
	private static final Map<String, String> UNIONS = Map.of("items", "JSONSchemaPropsOrArray", "additionalItems",
			"JSONSchemaPropsOrBool", "additionalProperties", "JSONSchemaPropsOrBool", "dependencies",
			"JSONSchemaPropsOrStringArray");

	private static final Set<String> LEGACY_META_VERSION = Set.of("Status", "ListOptions", "GetOptions",
			"DeleteOptions", "CreateOptions", "PatchOptions", "UpdateOptions", "APIVersions", "APIGroup",
			"APIGroupList", "APIResourceList");

	private final JsonNode document;

	private final Map<String, JsonNode> types = new TreeMap<>();

	private ApiSchema() {
		try (InputStream in = resource("kubernetes-1.36.json")) {
			this.document = JsonMapper.shared().readTree(in);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		for (JsonNode type : this.document.get("types")) {
			this.types.put(type.get("group").asString() + "/" + type.get("version").asString() + "."
					+ type.get("name").asString(), type);
		}
	}

	private static InputStream resource(String name) {
		return Objects.requireNonNull(ApiSchema.class.getResourceAsStream("/schema/" + name), name);
	}

	JsonNode resources() {
		return this.document.get("resources");
	}

	Set<String> typeNames() {
		return this.types.keySet();
	}

	JsonNode type(String name) {
		return Objects.requireNonNull(this.types.get(name), name);
	}

	boolean isKind(String type) {
		return type(type).path("kind").asBoolean(false);
	}

	String apiVersion(String type) {
		String group = type(type).get("group").asString();
		String version = type(type).get("version").asString();
		String name = this.document.get("groupNames").get(group).asString();
		if (group.equals("meta") && LEGACY_META_VERSION.contains(kind(type))) {
			return version;
		}
		return name.isEmpty() ? version : name + "/" + version;
	}

	String kind(String type) {
		return type(type).get("name").asString();
	}

	/**
	 * The lines of {@code served.txt}, each the version and the kinds of it.
	 */
	Map<String, Set<String>> served() {
		Map<String, Set<String>> served = new TreeMap<>();
		try (InputStream in = resource("served.txt")) {
			for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
				if (!line.isBlank() && !line.startsWith("#")) {
					String[] words = line.split(" ");
					served.put(words[0], new TreeSet<>(List.of(words).subList(1, words.length)));
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return served;
	}

	/**
	 * The types that the kinds of the served versions need.
	 */
	Set<String> servedTypes() {
		Map<String, Set<String>> served = served();
		Set<String> found = new TreeSet<>();
		Deque<String> open = new ArrayDeque<>();
		this.types.forEach((name, type) -> {
			String version = name.substring(0, name.indexOf('.'));
			Set<String> kinds = served.get(version);
			boolean wanted = isKind(name) && !kind(name).endsWith("List") || version.equals("meta/v1");
			if (kinds != null && (kinds.isEmpty() || kinds.contains(kind(name))) && wanted) {
				open.add(name);
			}
		});
		while (!open.isEmpty()) {
			String name = open.remove();
			if (found.add(name)) {
				fields(name).stream()
					.filter((field) -> field.kind.equals("ref"))
					.forEach((field) -> open.add(field.ref));
			}
		}
		return found;
	}

	/**
	 * The fields of a type in Go's order, those of embedded structs in their place.
	 */
	List<Field> fields(String type) {
		List<Field> fields = new ArrayList<>();
		addFields(type, List.of(), fields);
		return fields;
	}

	private void addFields(String type, List<Integer> path, List<Field> fields) {
		for (JsonNode field : type(type).path("fields")) {
			String fieldType = field.get("type").asString();
			if (field.get("name").asString().isEmpty()) {
				List<Integer> inner = new ArrayList<>(path);
				inner.add(field.get("proto").asInt());
				addFields(fieldType.substring(4), inner, fields);
				continue;
			}
			fields.add(field(type, field, fieldType, path));
		}
	}

	private static Field field(String type, JsonNode field, String fieldType, List<Integer> path) {
		String name = field.get("name").asString();
		String kind = fieldType.startsWith("ref:") ? "ref" : fieldType;
		String ref = fieldType.startsWith("ref:") ? fieldType.substring(4) : "";
		if (type.equals("apiextensions/v1.JSONSchemaProps") && UNIONS.containsKey(name)) {
			kind = Objects.requireNonNull(UNIONS.get(name));
		}
		return new Field(type + "." + name, name, kind, ref, field.path("list").asBoolean(false),
				field.path("map").asBoolean(false), field.path("pointer").asBoolean(false),
				field.path("omitempty").asBoolean(false), field.path("optional").asBoolean(false),
				field.path("proto").asInt(0), path);
	}

	/**
	 * A field.
	 */
	record Field(String fullName, String name, String kind, String ref, boolean list, boolean map, boolean pointer,
			boolean omitEmpty, boolean optional, int number, List<Integer> path) {

		boolean repeated() {
			return this.list || this.map;
		}

		/**
		 * Whether Go shows the field in every document.
		 */
		boolean required() {
			return !this.omitEmpty && !this.optional && !this.pointer;
		}

		/**
		 * Whether Go cannot tell the zero value from an absent one, and leaves it out.
		 */
		boolean zeroIsAbsent() {
			return this.omitEmpty && !this.pointer && !repeated();
		}

		/**
		 * Whether a list is a message of its own in protobuf ({@code Verbs}).
		 */
		boolean wrapped() {
			return this.fullName.equals("meta/v1.APIResource.verbs");
		}

	}

}
