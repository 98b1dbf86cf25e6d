package io.github.k8sclient.codegen;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The folder that receives the generated files. Files that are as they should be are left
 * alone, so that an incremental build has nothing to do; files that are no longer
 * generated are deleted.
 */
final class GeneratedFiles {

	private final Path root;

	private final Set<Path> written = new HashSet<>();

	GeneratedFiles(Path root) {
		this.root = root;
	}

	void write(String className, String text) throws IOException {
		Path file = this.root.resolve(className.replace('.', '/') + ".java");
		if (!this.written.add(file)) {
			throw new IllegalStateException("Generated twice: " + className);
		}
		if (Files.exists(file) && Files.readString(file).equals(text)) {
			return;
		}
		Files.createDirectories(file.getParent());
		Files.write(file, text.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Delete what a former run wrote and this one did not.
	 * @throws IOException when a file cannot be deleted
	 */
	void deleteOthers() throws IOException {
		List<Path> others;
		try (Stream<Path> files = Files.walk(this.root)) {
			others = files.filter((file) -> Files.isRegularFile(file) && !this.written.contains(file)).toList();
		}
		for (Path file : others) {
			Files.delete(file);
		}
	}

}
