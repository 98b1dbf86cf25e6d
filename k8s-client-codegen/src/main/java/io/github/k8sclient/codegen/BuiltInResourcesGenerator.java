package io.github.k8sclient.codegen;

import java.util.List;
import java.util.Set;

/**
 * Writes the table of all resources.
 */
final class BuiltInResourcesGenerator {

	private static final String META = ApiType.META_PACKAGE + ".";

	private final List<ApiType> resources;

	private final JavaSource source = new JavaSource(ApiType.API_PACKAGE, Set.of());

	BuiltInResourcesGenerator(List<ApiType> resources) {
		this.resources = resources;
	}

	String generate() {
		this.source.use("java.util.LinkedHashMap");
		String list = this.source.use("java.util.List");
		String map = this.source.use("java.util.Map");
		String nullable = this.source.use("org.jspecify.annotations.Nullable");
		String descriptor = this.source.use(META + "ResourceDescriptor");
		String any = descriptor + "<?>";
		String gvk = this.source.use(META + "GroupVersionKind");
		String gvr = this.source.use(META + "GroupVersionResource");
		String object = this.source.use(META + "KubernetesObject");
		this.source.javadoc(List.of(
				"The resources that Kubernetes itself serves, in all versions that this library knows.", "<p>",
				"The first look-up loads all of their classes; who needs one resource, and knows which, saves that"
						+ " by its constant, such as {@code Pod.RESOURCE}."));
		this.source.line("@" + this.source.use("javax.annotation.processing.Generated") + "(\"k8s-client-codegen\")");
		this.source.open("public final class BuiltInResources").line();
		this.source.line("private static final " + list + "<" + any + "> ALL = " + list + ".of(");
		for (int i = 0; i < this.resources.size(); i++) {
			this.source.line("\t\t" + ApiType.className(this.resources.get(i).typeName()) + ".RESOURCE"
					+ ((i < this.resources.size() - 1) ? "," : ");"));
		}
		this.source.line();
		map("Class<?>", "BY_TYPE", "type", map, any);
		map(gvk, "BY_KIND", "kind", map, any);
		map(gvr, "BY_RESOURCE", "resource", map, any);
		this.source.open("static");
		this.source.open("for (" + any + " descriptor : ALL)")
			.line("BY_TYPE.put(descriptor.type(), descriptor);")
			.line("BY_KIND.put(descriptor.kind(), descriptor);")
			.line("BY_RESOURCE.put(descriptor.resource(), descriptor);")
			.close();
		this.source.end();
		this.source.open("private BuiltInResources()").end();
		this.source.javadoc(
				List.of("Return all resources.", "@return the resources, sorted by package and class name, immutable"));
		this.source.open("public static " + list + "<" + any + "> all()").line("return ALL;").end();
		find("kind", gvk, "BY_KIND", "a kind", nullable, any);
		find("resource", gvr, "BY_RESOURCE", "a resource", nullable, any);
		this.source
			.javadoc(List.of("Find the resource whose objects are of a class.", "@param <T> the type of the objects",
					"@param type the class of the objects", "@return the resource, {@code null} when there is none"));
		this.source.line("@SuppressWarnings(\"unchecked\")");
		this.source.open(
				"public static <T extends " + object + "> @" + nullable + " " + descriptor + "<T> find(Class<T> type)");
		this.source.line("return (" + descriptor + "<T>) BY_TYPE.get(type);").end();
		this.source.close();
		return this.source.toString();
	}

	private void map(String key, String name, String parameter, String map, String any) {
		this.source
			.line("private static final " + map + "<" + key + ", " + any + "> " + name + " = new LinkedHashMap<>();");
		this.source.line();
	}

	private void find(String parameter, String type, String table, String name, String nullable, String any) {
		this.source.javadoc(List.of("Find a resource by the full name of " + name + ".",
				"@param " + parameter + " the name", "@return the resource, {@code null} when there is none"));
		this.source.open("public static @" + nullable + " " + any + " find(" + type + " " + parameter + ")");
		this.source.line("return " + table + ".get(" + parameter + ");").end();
	}

}
