package io.github.k8sclient.config;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Finds the home folder by client-go's rules: {@code HOME}, and on Windows the first of
 * several variables whose folder holds a kubeconfig, is writable, exists or is set.
 */
final class HomeDirectory {

	private HomeDirectory() {
	}

	static @Nullable Path find(Map<String, String> environment, boolean windows) {
		String home = environment.get("HOME");
		if (!windows) {
			return path(home);
		}
		String drive = environment.getOrDefault("HOMEDRIVE", "");
		String drivePath = environment.getOrDefault("HOMEPATH", "");
		String homeDrive = (!drive.isEmpty() && !drivePath.isEmpty()) ? drive + drivePath : null;
		String profile = environment.get("USERPROFILE");
		Path withConfig = first(folders(home, homeDrive, profile),
				(folder) -> Files.exists(folder.resolve(".kube").resolve("config")));
		if (withConfig != null) {
			return withConfig;
		}
		List<Path> folders = folders(home, profile, homeDrive);
		Path writable = first(folders, (folder) -> Files.isDirectory(folder) && Files.isWritable(folder));
		if (writable != null) {
			return writable;
		}
		Path existing = first(folders, Files::exists);
		return (existing != null) ? existing : first(folders, (folder) -> true);
	}

	private static List<Path> folders(@Nullable String... candidates) {
		return Stream.of(candidates).map(HomeDirectory::path).filter((path) -> path != null).toList();
	}

	private static @Nullable Path first(List<Path> folders, Predicate<Path> predicate) {
		return folders.stream().filter(predicate).findFirst().orElse(null);
	}

	private static @Nullable Path path(@Nullable String text) {
		try {
			return StringUtils.hasLength(text) ? Path.of(text) : null;
		}
		catch (InvalidPathException ex) {
			return null;
		}
	}

}
