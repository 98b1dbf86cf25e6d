package io.github.k8sclient.codegen;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Generates the API types, as a step of the build of {@code k8s-client-model}.
 */
public final class ModelGenerator {

	private final Schema schema;

	private final ApiTypes types;

	private final GeneratedFiles files;

	private ModelGenerator(Schema schema, ApiTypes types, GeneratedFiles files) {
		this.schema = schema;
		this.types = types;
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
		Schema schema = Schema.load();
		ApiTypes types = ApiTypes.select(schema, ServedVersions.load());
		new ModelGenerator(schema, types, new GeneratedFiles(Path.of(arguments[0]))).generate();
	}

	private void generate() throws IOException {
		Map<String, Set<String>> packages = new TreeMap<>();
		for (ApiType type : this.types.all()) {
			packages.computeIfAbsent(type.packageName(), (key) -> new TreeSet<>(SchemaNotes.handWrittenNames(key)))
				.add(type.name());
		}
		Documentation documentation = new Documentation(this.schema, this.types.all());
		for (ApiType type : this.types.all()) {
			Set<String> neighbours = Objects.requireNonNull(packages.get(type.packageName()));
			this.files.write(ApiType.className(type.typeName()),
					new ClassGenerator(type, documentation, neighbours).generate());
		}
		for (String packageName : packages.keySet()) {
			// a package with hand-written classes has its description beside them
			if (SchemaNotes.handWrittenNames(packageName).isEmpty()) {
				this.files.write(packageName + ".package-info", packageInfo(packageName));
			}
		}
		List<ApiType> resources = new ArrayList<>();
		this.types.all().stream().filter((type) -> type.resource() != null).forEach(resources::add);
		this.files.write(ApiType.API_PACKAGE + ".BuiltInResources",
				new BuiltInResourcesGenerator(resources).generate());
		this.files.deleteOthers();
	}

	private String packageInfo(String packageName) {
		String[] parts = packageName.substring(ApiType.API_PACKAGE.length() + 1).split("\\.");
		String group = Objects.requireNonNull(this.schema.groupNames().get(parts[0]));
		return """
				/**
				 * Types of the API version {@code %s}.
				 */
				@NullMarked
				package %s;

				import org.jspecify.annotations.NullMarked;
				""".formatted(group.isEmpty() ? parts[1] : group + "/" + parts[1], packageName);
	}

}
