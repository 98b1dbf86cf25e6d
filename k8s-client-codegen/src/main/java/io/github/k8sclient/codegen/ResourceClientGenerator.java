package io.github.k8sclient.codegen;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Generates the client of a resource that can do more than the verbs of every resource:
 * one with methods for its subresources.
 */
final class ResourceClientGenerator {

	private static final String META = ApiType.META_PACKAGE + ".";

	private final ApiType type;

	private final ApiResource resource;

	private final JavaSource source = new JavaSource(ClientsetGenerator.PACKAGE, Set.of("ResourceClient"));

	private final String object;

	private final String mono;

	ResourceClientGenerator(ApiType type) {
		this.type = type;
		this.resource = Objects.requireNonNull(type.resource());
		this.object = this.source.use(ApiType.className(type.typeName()));
		this.mono = this.source.use("reactor.core.publisher.Mono");
	}

	/**
	 * Whether a resource has a client of its own.
	 * @param type the kind of the resource
	 * @return {@code false} if the generic client does all that the resource can do
	 */
	static boolean isNeeded(ApiType type) {
		ApiResource resource = Objects.requireNonNull(type.resource());
		return resource.expanded() || !resource.methods().isEmpty();
	}

	static String className(ApiType type) {
		return type.name() + "Client";
	}

	String generate() {
		this.source.javadoc(List.of("Client of {@code " + this.resource.plural() + "} of {@code "
				+ this.type.apiVersion() + "}, with their subresources.", "<p>", "Immutable and thread-safe."));
		ClientsetGenerator.generated(this.source);
		this.source.open("public final class " + className(this.type) + " extends "
				+ (this.resource.expanded() ? this.type.name() + "Expansion" : "ResourceClient<" + this.object + ">"))
			.line();
		String restClient = this.source.use(ClientsetGenerator.REST_CLIENT);
		String nullable = this.source.use("org.jspecify.annotations.Nullable");
		this.source.open(className(this.type) + "(" + restClient + " restClient, @" + nullable + " String namespace)")
			.line("super(restClient, " + (this.resource.expanded() ? "" : this.object + ".RESOURCE, ") + "namespace);")
			.end();
		if (this.resource.namespaced()) {
			this.source.line("@Override")
				.open("public " + className(this.type) + " namespace(String namespace)")
				.line(this.source.use("org.springframework.util.Assert")
						+ ".notNull(namespace, \"'namespace' must not be null\");")
				.line("return new " + className(this.type) + "(restClient(), namespace);")
				.end();
		}
		for (ApiResource.Method method : this.resource.methods()) {
			method(method);
		}
		this.source.close();
		return this.source.toString();
	}

	private void method(ApiResource.Method method) {
		switch (method.verb()) {
			case "get" -> get(method);
			case "create", "update" -> write(method);
			case "apply" -> apply(method);
			default -> throw new IllegalStateException("A method with an unknown verb: " + method);
		}
	}

	private void get(ApiResource.Method method) {
		String result = className(method.result());
		String name = Names.decapitalize(method.name());
		String what = "Read the {@code " + method.subresource() + "} of an object";
		this.source.javadoc(List.of(what + " as it is now.", "@param name name of the object",
				"@return the {@code " + method.subresource() + "}"));
		this.source.open("public " + this.mono + "<" + result + "> " + name + "(String name)")
			.line("return " + subresource(method, result) + ".get(name);")
			.end();
		String options = this.source.use(META + "GetOptions");
		this.source.javadoc(List.of(what + ".", "@param name name of the object", "@param options how fresh it must be",
				"@return the {@code " + method.subresource() + "}"));
		this.source.open("public " + this.mono + "<" + result + "> " + name + "(String name, " + options + " options)")
			.line("return " + subresource(method, result) + ".get(name, options);")
			.end();
	}

	private void write(ApiResource.Method method) {
		String verb = method.verb();
		String options = this.source.use(META + Names.capitalize(verb) + "Options");
		write(method, what(method), "", List.of(), "");
		write(method, what(method), ", " + options + " options",
				List.of("@param options dry run, field manager and field validation"), ", options");
	}

	private static String what(ApiResource.Method method) {
		String subresource = "{@code " + method.subresource() + "}";
		return method.verb().equals("create")
				? "Send a " + subresource + " request for an object, and return it answered."
				: "Replace the " + subresource + " of an object, and nothing else of it.";
	}

	private void apply(ApiResource.Method method) {
		String subresource = "{@code " + method.subresource() + "}";
		write(method, "Apply what a field manager wants of the " + subresource + " of an object.",
				", ApplyOptions options", List.of("@param options field manager, force and dry run"), ", options");
	}

	private void write(ApiResource.Method method, String what, String parameter, List<String> parameterDoc,
			String argument) {
		String input = className(method.input());
		String result = className(method.result());
		String body = Names.property(Names.decapitalize(simpleName(method.input())));
		boolean self = method.input() == null;
		List<String> lines = new ArrayList<>();
		lines.add(what);
		if (!self) {
			lines.add("@param name name of the object");
		}
		lines.add("@param " + body + (self ? " the object" : " what is sent"));
		lines.addAll(parameterDoc);
		lines.add("@return "
				+ ((method.result() != null) ? "what the server answers" : "the object as the server keeps it"));
		this.source.javadoc(lines);
		this.source
			.open("public " + this.mono + "<" + result + "> " + Names.decapitalize(method.name()) + "("
					+ (self ? "" : "String name, ") + input + " " + body + parameter + ")")
			.line("return " + subresource(method, result) + "." + method.verb() + "("
					+ (self ? "nameOf(" + body + ")" : "name") + ", " + body + argument + ");")
			.end();
	}

	private String subresource(ApiResource.Method method, String className) {
		return "subresource(\"" + method.subresource() + "\", " + className + ".CODEC)";
	}

	private String className(@Nullable TypeName type) {
		return (type != null) ? this.source.use(ApiType.className(type)) : this.object;
	}

	private String simpleName(@Nullable TypeName type) {
		return (type != null) ? type.name() : this.type.name();
	}

}
