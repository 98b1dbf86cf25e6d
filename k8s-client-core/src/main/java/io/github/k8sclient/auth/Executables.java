package io.github.k8sclient.auth;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Finds programs as Go's {@code exec.LookPath} does: a command with a slash is a path,
 * others are looked up in the folders of the PATH. Unlike there, relative folders of the
 * PATH are passed over.
 */
final class Executables {

	private final List<Path> folders;

	private final List<String> extensions;

	private Executables(List<Path> folders, List<String> extensions) {
		this.folders = folders;
		this.extensions = extensions;
	}

	/**
	 * Return the programs that an environment knows.
	 */
	static Executables of(Map<String, String> environment, boolean windows) {
		List<Path> folders = List.of(environment.getOrDefault("PATH", "").split(File.pathSeparator))
			.stream()
			.map(Executables::path)
			.filter((path) -> path != null && path.isAbsolute())
			.toList();
		String extensions = environment.getOrDefault("PATHEXT", ".COM;.EXE;.BAT;.CMD").toLowerCase(Locale.ROOT);
		return new Executables(folders,
				windows ? List.of(StringUtils.tokenizeToStringArray(extensions, ";")) : List.of(""));
	}

	/**
	 * Return the program that the shortest form of a command names, as client-go runs it:
	 * {@code ./aws} is looked up in the PATH, too.
	 * @return the path to run, in its shortest form, {@code null} when there is none
	 */
	@Nullable Path find(String command) {
		Path path = path(command);
		if (path == null || path.getFileName() == null) {
			return null;
		}
		if (path.getParent() != null) {
			return executable(path);
		}
		for (Path folder : this.folders) {
			Path executable = executable(folder.resolve(path));
			if (executable != null) {
				return executable;
			}
		}
		return null;
	}

	private @Nullable Path executable(Path path) {
		String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
		boolean complete = this.extensions.stream().anyMatch(name::endsWith);
		for (String extension : complete ? List.of("") : this.extensions) {
			Path candidate = path.resolveSibling(path.getFileName() + extension);
			if (Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
				return candidate;
			}
		}
		return null;
	}

	private static @Nullable Path path(String text) {
		try {
			return StringUtils.hasLength(text) ? Path.of(text).normalize() : null;
		}
		catch (InvalidPathException ex) {
			return null;
		}
	}

}
