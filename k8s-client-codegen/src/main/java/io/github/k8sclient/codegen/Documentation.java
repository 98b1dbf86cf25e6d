package io.github.k8sclient.codegen;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the documentation comments of generated code say.
 */
final class Documentation {

	private static final int MAX_USES = 6;

	private final Schema schema;

	private final String reference;

	private final Map<TypeName, Set<String>> uses = new HashMap<>();

	private final Set<TypeName> described = new HashSet<>();

	Documentation(Schema schema, Collection<ApiType> types) {
		this.schema = schema;
		this.reference = "https://kubernetes.io/docs/reference/generated/kubernetes-api/" + release(schema.source())
				+ "/#";
		Map<TypeName, ApiType> byName = new HashMap<>();
		Deque<ApiType> open = new ArrayDeque<>();
		for (ApiType type : types) {
			byName.put(type.typeName(), type);
			if (type.resource() != null && !type.schema().group().equals("metrics")) {
				open.add(type);
			}
			objects(type)
				.forEach((property) -> this.uses.computeIfAbsent(property.objectType(), (name) -> new TreeSet<>())
					.add("{@code " + type.name() + "." + property.jsonName() + "}"));
		}
		// the API reference describes resources and whatever they consist of
		while (!open.isEmpty()) {
			ApiType type = open.remove();
			if (this.described.add(type.typeName())) {
				objects(type).stream()
					.map((property) -> byName.get(property.objectType()))
					.filter(Objects::nonNull)
					.forEach(open::add);
			}
		}
	}

	private static List<Property> objects(ApiType type) {
		return type.properties().stream().filter(Property::object).toList();
	}

	private static String release(String source) {
		Matcher matcher = Pattern.compile("v0\\.(\\d+)").matcher(source);
		if (!matcher.find()) {
			throw new IllegalArgumentException("No version of the Go modules in: " + source);
		}
		return "v1." + matcher.group(1);
	}

	List<String> type(ApiType type) {
		List<String> text = new ArrayList<>();
		text.add("Kubernetes API type {@code " + type.displayName() + "}.");
		ApiResource resource = type.resource();
		if (resource != null) {
			text.add("<p>");
			text.add("Served as the " + (resource.namespaced() ? "namespaced" : "cluster-scoped") + " resource {@code "
					+ resource.plural() + "}" + (resource.status() ? " with a status subresource." : "."));
		}
		List<String> uses = List.copyOf(this.uses.getOrDefault(type.typeName(), Set.of()));
		if (!uses.isEmpty()) {
			int others = Math.max(0, uses.size() - MAX_USES);
			text.add("<p>");
			text.add("Stands in " + String.join(", ", uses.subList(0, uses.size() - others))
					+ ((others > 0) ? " and " + others + " more." : "."));
		}
		text.add("<p>");
		text.add("Immutable and safe for use by several threads. Members that this class does not know are kept when a"
				+ " document is decoded, and written back.");
		if (this.described.contains(type.typeName())) {
			text.add("");
			text.add("@see <a href=\"" + this.reference + anchor(type) + "\">" + type.schema().name()
					+ " in the API reference</a>");
		}
		return text;
	}

	private static String anchor(ApiType type) {
		String group = type.schema().group().equals("meta") ? "meta"
				: type.apiGroup().isEmpty() ? "core" : type.apiGroup().replace('.', '-');
		return (type.schema().name() + "-" + type.schema().version()).toLowerCase(Locale.ROOT) + "-" + group;
	}

	/**
	 * What the schema knows of a property, as sentences.
	 * @param property the property
	 * @return the sentences, empty when there is nothing to say
	 */
	String constraints(Property property) {
		Schema.Field field = property.field();
		List<String> sentences = new ArrayList<>();
		if (property.required()) {
			sentences.add("Required.");
		}
		else if (field.optional()) {
			sentences.add("Optional.");
		}
		if (!content(property.kind()).isEmpty()) {
			sentences.add(content(property.kind()));
		}
		List<String> values = enumValues(property);
		if (!values.isEmpty()) {
			sentences.add("Known values: "
					+ values.stream().map((value) -> "{@code " + value + "}").collect(Collectors.joining(", ")) + ".");
		}
		if (field.listType() != null) {
			sentences.add("List type {@code " + field.listType() + "}" + keys(field) + ".");
		}
		if (field.patchStrategy() != null) {
			sentences.add("Strategic merge patch: {@code " + field.patchStrategy() + "}"
					+ ((field.patchMergeKey() != null) ? " by {@code " + field.patchMergeKey() + "}" : "") + ".");
		}
		if ("atomic".equals(field.mapType()) || "atomic".equals(field.structType())) {
			sentences.add("Applied as a whole.");
		}
		return String.join(" ", sentences);
	}

	private static String content(ValueKind kind) {
		return switch (kind) {
			case BYTES -> "Bytes, in JSON as base64.";
			case TIME -> "A time to the second.";
			case MICRO_TIME -> "A time to the microsecond.";
			case DURATION -> "In JSON such as {@code 1h30m}.";
			case QUANTITY -> "An amount such as {@code 500m} or {@code 2Gi}.";
			case INT_OR_STRING -> "A number or a text.";
			case RAW -> "Any JSON, kept as it is.";
			default -> "";
		};
	}

	private List<String> enumValues(Property property) {
		String name = property.field().enumType();
		return (name != null) ? this.schema.enumValues(property.owner().group(), property.owner().version(), name)
				: List.of();
	}

	private static String keys(Schema.Field field) {
		List<String> keys = field.listMapKeys();
		if (keys == null || keys.isEmpty()) {
			return "";
		}
		return " with the " + ((keys.size() == 1) ? "key " : "keys ")
				+ keys.stream().map((key) -> "{@code " + key + "}").collect(Collectors.joining(", "));
	}

	List<String> accessor(Property property, boolean neverNull) {
		List<String> text = new ArrayList<>();
		text.add(("Return {@code " + property.jsonName() + "}. " + constraints(property)).trim());
		text.add("@return " + switch (property.shape()) {
			case SINGLE -> neverNull ? "the value, an empty one when absent" : "the value, {@code null} when absent";
			case LIST -> "the immutable list, empty when absent";
			case MAP -> "the immutable map in the order of the document, empty when absent";
		});
		addDeprecation(property, text);
		return text;
	}

	List<String> setter(Property property) {
		List<String> text = new ArrayList<>();
		text.add(("Set {@code " + property.jsonName() + "}. " + constraints(property)).trim());
		text.add("@param " + property.name() + " " + switch (property.shape()) {
			case SINGLE -> "the value, {@code null} for none";
			case LIST -> "the elements, which replace all former ones";
			case MAP -> "the entries, which replace all former ones";
		});
		return finish(property, text);
	}

	List<String> editor(Property property) {
		List<String> text = new ArrayList<>();
		text.add("Change {@code " + property.jsonName() + "} in place, or set it when it is absent.");
		text.add("@param " + property.name() + " receives the builder of the value");
		return finish(property, text);
	}

	List<String> adder(Property property, String name) {
		List<String> text = new ArrayList<>();
		text.add("Add an element to {@code " + property.jsonName() + "}.");
		text.add("@param " + name + " the element");
		return finish(property, text);
	}

	List<String> elementEditor(Property property, String name) {
		List<String> text = new ArrayList<>();
		text.add("Add an element to {@code " + property.jsonName() + "}.");
		text.add("@param " + name + " receives the builder of the element");
		return finish(property, text);
	}

	List<String> keyedEditor(Property property, String key, String name) {
		List<String> text = new ArrayList<>();
		text.add("Change the element of {@code " + property.jsonName() + "} with a {@code " + key
				+ "}, or add one with it when there is none.");
		text.add("@param key the {@code " + key + "}");
		text.add("@param " + name + " receives the builder of the element");
		return finish(property, text);
	}

	List<String> putter(Property property) {
		List<String> text = new ArrayList<>();
		text.add("Put an entry into {@code " + property.jsonName() + "}.");
		text.add("@param key the key");
		text.add("@param value the value, which replaces a former one");
		return finish(property, text);
	}

	private static List<String> finish(Property property, List<String> text) {
		text.add("@return this builder");
		addDeprecation(property, text);
		return text;
	}

	private static void addDeprecation(Property property, List<String> text) {
		if (property.field().deprecated()) {
			text.add("@deprecated by Kubernetes");
		}
	}

}
