package io.github.k8sclient.codegen;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The API versions to generate, from the curated file {@code schema/served.txt}.
 */
final class ServedVersions {

	private static final String LOCATION = "served.txt";

	// an empty set of kinds means all
	private final Map<String, Set<String>> kinds;

	private ServedVersions(Map<String, Set<String>> kinds) {
		this.kinds = kinds;
	}

	static ServedVersions load() throws IOException {
		try (InputStream in = ServedVersions.class.getResourceAsStream(LOCATION)) {
			if (in == null) {
				throw new IOException("No " + LOCATION + " beside " + ServedVersions.class.getName());
			}
			return parse(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
		}
	}

	static ServedVersions parse(BufferedReader reader) throws IOException {
		Map<String, Set<String>> kinds = new LinkedHashMap<>();
		for (String line = reader.readLine(); line != null; line = reader.readLine()) {
			if (line.isBlank() || line.startsWith("#")) {
				continue;
			}
			String[] words = line.trim().split("\\s+");
			Set<String> names = new LinkedHashSet<>(Arrays.asList(words).subList(1, words.length));
			if (!words[0].matches("[a-z]+/v[0-9a-z]+") || kinds.putIfAbsent(words[0], names) != null) {
				throw new IOException("Malformed or repeated line in " + LOCATION + ": " + line);
			}
		}
		return new ServedVersions(kinds);
	}

	boolean contains(TypeName kind) {
		Set<String> kinds = this.kinds.get(kind.groupVersion());
		return kinds != null && (kinds.isEmpty() || kinds.contains(kind.name()));
	}

	/**
	 * Fail when the file names a version or kind that the schema does not have: a stale
	 * line would go unnoticed.
	 * @param schema the schema
	 */
	void requireAllIn(Schema schema) {
		Map<TypeName, Schema.Type> types = schema.typesByName();
		this.kinds.forEach((groupVersion, names) -> {
			if (types.keySet().stream().noneMatch((type) -> type.groupVersion().equals(groupVersion))) {
				throw new IllegalStateException(LOCATION + ": the schema has no " + groupVersion);
			}
			for (String name : names) {
				Schema.Type type = types.get(TypeName.parse(groupVersion + "." + name));
				if (type == null || !type.kind()) {
					throw new IllegalStateException(LOCATION + ": the schema has no kind " + groupVersion + "." + name);
				}
			}
		});
	}

}
