package io.github.k8sclient.codegen;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

import io.github.k8sclient.codegen.Property.Embedded;
import io.github.k8sclient.codegen.Property.Shape;
import org.jspecify.annotations.Nullable;

/**
 * The classes to generate: the kinds of the served versions and all types that they refer
 * to.
 */
final class ApiTypes {

	private static final List<String> ALL_VERBS = List.of("create", "delete", "deletecollection", "get", "list",
			"patch", "update", "watch");

	private final Schema schema;

	private final Map<TypeName, Schema.Type> schemaTypes;

	private final Map<TypeName, ApiType> types = new LinkedHashMap<>();

	private ApiTypes(Schema schema) {
		this.schema = schema;
		this.schemaTypes = schema.typesByName();
	}

	static ApiTypes select(Schema schema, ServedVersions served) {
		served.requireAllIn(schema);
		ApiTypes types = new ApiTypes(schema);
		types.select(served);
		return types;
	}

	/**
	 * All classes.
	 * @return the classes, sorted by package and name
	 */
	Collection<ApiType> all() {
		return this.types.values();
	}

	ApiType get(TypeName name) {
		return Objects.requireNonNull(this.types.get(name), name::toString);
	}

	private void select(ServedVersions served) {
		Map<TypeName, List<Property>> selected = new HashMap<>();
		Set<TypeName> nested = new HashSet<>();
		Set<TypeName> listed = new HashSet<>();
		Set<TypeName> mapped = new HashSet<>();
		Deque<TypeName> open = new ArrayDeque<>(roots(served));
		// the hand-written unions of JSONSchemaProps refer to it in lists
		listed.add(TypeName.parse("apiextensions/v1.JSONSchemaProps"));
		while (!open.isEmpty()) {
			TypeName name = open.remove();
			if (selected.containsKey(name) || SchemaNotes.handWritten(name)) {
				continue;
			}
			List<Property> properties = properties(type(name));
			selected.put(name, properties);
			for (Property property : properties) {
				if (property.object()) {
					nested.add(property.objectType());
					(property.list() ? listed : property.map() ? mapped : nested).add(property.objectType());
					open.add(property.objectType());
				}
			}
		}
		Comparator<TypeName> order = Comparator.comparing((TypeName name) -> ApiType.packageName(name))
			.thenComparing(TypeName::name);
		selected.keySet().stream().sorted(order).forEach((name) -> {
			Schema.Type type = type(name);
			if (type.kind() && nested.contains(name) != SchemaNotes.nestedKind(name)) {
				throw new IllegalStateException("SchemaNotes.NESTED_KINDS is wrong about " + name);
			}
			this.types.put(name,
					new ApiType(type, Objects.requireNonNull(this.schema.groupNames().get(name.group())),
							Objects.requireNonNull(selected.get(name)), resource(type), nested.contains(name),
							listed.contains(name), mapped.contains(name)));
		});
	}

	private List<TypeName> roots(ServedVersions served) {
		List<TypeName> roots = new ArrayList<>();
		for (Schema.Type type : this.schema.types()) {
			boolean meta = type.group().equals("meta");
			if (served.contains(type.typeName()) && (type.kind() || meta) && !isList(type)
					&& !SchemaNotes.leftOut(type.typeName())) {
				roots.add(type.typeName());
			}
		}
		return roots;
	}

	// one generic list class stands for all of them
	private boolean isList(Schema.Type type) {
		Schema.Field metadata = type.field("metadata");
		return type.kind() && type.field("items") != null && metadata != null
				&& TypeName.parse("meta/v1.ListMeta").equals(metadata.reference());
	}

	private Schema.Type type(TypeName name) {
		Schema.Type type = this.schemaTypes.get(name);
		if (type == null) {
			throw new IllegalStateException("The schema refers to a type that it does not have: " + name);
		}
		return type;
	}

	private List<Property> properties(Schema.Type type) {
		List<Property> properties = new ArrayList<>();
		addProperties(type, List.of(), properties);
		long names = properties.stream().map(Property::name).distinct().count();
		if (names != properties.size()) {
			throw new IllegalStateException("Two properties of " + type.typeName() + " have the same Java name");
		}
		return List.copyOf(properties);
	}

	private void addProperties(Schema.Type type, List<Embedded> embedding, List<Property> properties) {
		for (Schema.Field field : type.fieldList()) {
			TypeName reference = field.reference();
			if (field.embedded()) {
				Schema.Type embedded = type(Objects.requireNonNull(reference));
				List<Embedded> path = new ArrayList<>(embedding);
				path.add(new Embedded(Names.decapitalize(embedded.name()), field.proto()));
				addProperties(embedded, List.copyOf(path), properties);
				continue;
			}
			properties.add(property(type.typeName(), field, reference, embedding));
		}
	}

	private Property property(TypeName owner, Schema.Field field, @Nullable TypeName reference,
			List<Embedded> embedding) {
		ValueKind kind = ValueKind.of(field.type());
		TypeName union = SchemaNotes.jsonUnion(owner, field);
		if (union != null) {
			kind = ValueKind.OBJECT;
			reference = union;
		}
		Shape shape = field.list() ? Shape.LIST : field.map() ? Shape.MAP : Shape.SINGLE;
		return new Property(field, owner, field.name(), Names.property(field.name()), shape, kind, reference, embedding,
				SchemaNotes.wrappedList(owner, field));
	}

	private @Nullable ApiResource resource(Schema.Type type) {
		String group = this.schema.groupNames().get(type.group());
		for (Schema.Resource resource : this.schema.resources()) {
			if (resource.group().equals(group) && resource.version().equals(type.version())
					&& resource.kind().equals(type.name()) && !resource.noVerbs()) {
				return resource(type.typeName(), resource);
			}
		}
		return null;
	}

	private static ApiResource resource(TypeName kind, Schema.Resource resource) {
		List<String> verbs = verbs(kind, resource);
		List<ApiResource.Method> methods = methods(kind, resource);
		List<String> expansions = SchemaNotes.expansions(kind);
		Set<String> subresources = new TreeSet<>(expansions);
		methods.forEach((method) -> subresources.add(method.subresource()));
		boolean status = resource.status() && verbs.contains("update");
		return new ApiResource(resource.plural(), resource.namespaced(), status, verbs, List.copyOf(subresources),
				methods, !expansions.isEmpty());
	}

	private static List<ApiResource.Method> methods(TypeName kind, Schema.Resource resource) {
		List<ApiResource.Method> methods = new ArrayList<>();
		for (Schema.Method method : (resource.methods() != null) ? resource.methods() : List.<Schema.Method>of()) {
			if (!method.subresource().isEmpty()) {
				methods.add(new ApiResource.Method(method.name(), method.verb(), method.subresource(),
						named(kind, method.input()), named(kind, method.result())));
			}
		}
		return List.copyOf(methods);
	}

	// such as k8s.io/api/autoscaling/v1.Scale, or only the name of a type beside the kind
	private static @Nullable TypeName named(TypeName kind, @Nullable String goName) {
		if (goName == null) {
			return null;
		}
		int dot = goName.lastIndexOf('.');
		if (dot < 0) {
			return new TypeName(kind.group(), kind.version(), goName);
		}
		String[] path = goName.substring(0, dot).split("/");
		TypeName type = new TypeName(path[path.length - 2], path[path.length - 1], goName.substring(dot + 1));
		return type.equals(kind) ? null : type;
	}

	private static List<String> verbs(TypeName kind, Schema.Resource resource) {
		List<String> known = SchemaNotes.verbs(kind);
		if (known != null) {
			return known;
		}
		List<String> only = lowerCase(resource.onlyVerbs());
		List<String> skipped = lowerCase(resource.skipVerbs());
		return ALL_VERBS.stream()
			.filter((verb) -> (only.isEmpty() || only.contains(verb)) && !skipped.contains(verb))
			.toList();
	}

	private static List<String> lowerCase(@Nullable List<String> verbs) {
		return (verbs != null) ? verbs.stream().map((verb) -> verb.toLowerCase(Locale.ROOT)).toList() : List.of();
	}

}
