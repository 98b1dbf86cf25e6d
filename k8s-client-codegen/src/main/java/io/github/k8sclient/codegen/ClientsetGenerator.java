package io.github.k8sclient.codegen;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * Generates the typed clients, as a step of the build of {@code k8s-client-core}: the
 * clientset, and a client for each group version. They are thin; what they return does
 * the work.
 */
public final class ClientsetGenerator {

	static final String PACKAGE = "io.github.k8sclient.client";

	static final String REST_CLIENT = "io.github.k8sclient.rest.RESTClient";

	private final List<List<ApiType>> groups;

	private final GeneratedFiles files;

	private ClientsetGenerator(List<List<ApiType>> groups, GeneratedFiles files) {
		this.groups = groups;
		this.files = files;
	}

	/**
	 * Generate the sources.
	 * @param arguments the folder that receives them; other files in it are deleted
	 * @throws IOException when the schema cannot be read or a file cannot be written
	 */
	public static void main(String... arguments) throws IOException {
		if (arguments.length != 1) {
			throw new IllegalArgumentException("Give the folder for the generated sources");
		}
		ApiTypes types = ApiTypes.select(Schema.load(), ServedVersions.load());
		TreeMap<String, List<ApiType>> groups = new TreeMap<>();
		for (ApiType type : types.all()) {
			if (type.resource() != null) {
				groups.computeIfAbsent(type.packageName(), (key) -> new ArrayList<>()).add(type);
			}
		}
		new ClientsetGenerator(List.copyOf(groups.values()), new GeneratedFiles(Path.of(arguments[0]))).generate();
	}

	private void generate() throws IOException {
		this.files.write(PACKAGE + ".Clientset", clientset());
		for (List<ApiType> group : this.groups) {
			this.files.write(PACKAGE + "." + clientName(group), groupClient(group));
			for (ApiType type : group) {
				if (ResourceClientGenerator.isNeeded(type)) {
					this.files.write(PACKAGE + "." + ResourceClientGenerator.className(type),
							new ResourceClientGenerator(type).generate());
				}
			}
		}
		this.files.deleteOthers();
	}

	private static String clientName(List<ApiType> group) {
		TypeName name = group.get(0).typeName();
		return Names.capitalize(name.group()) + Names.capitalize(name.version()) + "Client";
	}

	private static String groupVersion(List<ApiType> group) {
		return group.get(0).apiVersion();
	}

	private String clientset() {
		JavaSource source = new JavaSource(PACKAGE, Set.of("ClientsetExpansion"));
		source.javadoc(List.of("The typed clients of all built-in resources, by group and version.", "",
				"<pre class=\"code\">",
				"Clientset clientset = Clientset.create(ClientConfigurationLoader.loadDefault());",
				"Mono&lt;Integer&gt; nodes = clientset.coreV1()", "\t.nodes()", "\t.list()",
				"\t.map((list) -&gt; list.items().size());", "</pre>", "<p>",
				"Informers list and watch through it: {@code SharedInformerFactory.create(clientset)}.", "<p>",
				"Immutable and safe for use by several threads. Making one of a REST client, or one of its clients,"
						+ " costs next to nothing: all of them share the connections of the REST client.",
				"", "@since 0.1.0"));
		generated(source);
		source.open("public final class Clientset extends ClientsetExpansion").line();
		String restClient = source.use(REST_CLIENT);
		String mono = source.use("reactor.core.publisher.Mono");
		source.open("private Clientset(" + restClient + " restClient, " + mono + "<Void> close)")
			.line("super(restClient, close);")
			.end();
		source.javadoc(List.of("Create a clientset with connections of its own.",
				"@param configuration what to connect to, and how",
				"@return a new clientset, to be closed when it is no longer needed",
				"@throws io.github.k8sclient.config.ConfigurationException if a certificate or key cannot be used, or"
						+ " the credential plugin may not be run"));
		source
			.open("public static Clientset create(" + source.use("io.github.k8sclient.config.ClientConfiguration")
					+ " configuration)")
			.line("RESTClient restClient = RESTClient.create(configuration);")
			.line("return new Clientset(restClient, restClient.close());")
			.end();
		source.javadoc(List.of("Create a clientset over the connections of a REST client.",
				"@param restClient what sends the requests", "@return a new clientset"));
		source.open("public static Clientset create(RESTClient restClient)")
			.line("return new Clientset(restClient, Mono.empty());")
			.end();
		for (List<ApiType> group : this.groups) {
			String client = clientName(group);
			source.javadoc(List.of("The resources of {@code " + groupVersion(group) + "}.", "@return their clients"));
			source.open("public " + client + " " + Names.decapitalize(client.replaceFirst("Client$", "")) + "()")
				.line("return new " + client + "(restClient());")
				.end();
		}
		source.close();
		return source.toString();
	}

	static void generated(JavaSource source) {
		source.line("@" + source.use("javax.annotation.processing.Generated") + "(\"k8s-client-codegen\")");
	}

	private String groupClient(List<ApiType> group) {
		JavaSource source = new JavaSource(PACKAGE, Set.of("ResourceClient", "CreateClient"));
		source.javadoc(List.of("Clients of the resources of {@code " + groupVersion(group) + "}.", "<p>",
				"Immutable and safe for use by several threads."));
		generated(source);
		source.open("public final class " + clientName(group)).line();
		String restClient = source.use(REST_CLIENT);
		source.line("private final " + restClient + " restClient;").line();
		source.open(clientName(group) + "(" + restClient + " restClient)").line("this.restClient = restClient;").end();
		for (ApiType type : group) {
			methods(source, type);
		}
		source.close();
		return source.toString();
	}

	private void methods(JavaSource source, ApiType type) {
		ApiResource resource = Objects.requireNonNull(type.resource());
		String object = source.use(ApiType.className(type.typeName()));
		String name = Names.accessor(type.name(), resource.plural());
		if (!resource.namespaced() || !resource.createOnly()) {
			source.javadoc(List.of(
					"The client of {@code " + resource.plural() + "}"
							+ (resource.namespaced() ? " of all namespaces, for lists and watches." : "."),
					"@return the client of {@link " + object + "} objects"));
			source.open("public " + client(type, object) + " " + name + "()")
				.line("return " + newClient(type, object, "null") + ";")
				.end();
		}
		if (resource.namespaced()) {
			source.javadoc(List.of("The client of {@code " + resource.plural() + "} of one namespace.",
					"@param namespace the namespace" + (resource.createOnly() ? "" : ", empty for all of them"),
					"@return the client of {@link " + object + "} objects"));
			source.open("public " + client(type, object) + " " + name + "(String namespace)")
				.line("return " + newClient(type, object, "namespace") + ";")
				.end();
		}
	}

	private static String client(ApiType type, String object) {
		if (ResourceClientGenerator.isNeeded(type)) {
			return ResourceClientGenerator.className(type);
		}
		return genericClient(type) + "<" + object + ">";
	}

	private static String newClient(ApiType type, String object, String namespace) {
		if (ResourceClientGenerator.isNeeded(type)) {
			return "new " + ResourceClientGenerator.className(type) + "(this.restClient, " + namespace + ")";
		}
		return "new " + genericClient(type) + "<>(this.restClient, " + object + ".RESOURCE, " + namespace + ")";
	}

	private static String genericClient(ApiType type) {
		return Objects.requireNonNull(type.resource()).createOnly() ? "CreateClient" : "ResourceClient";
	}

}
