package io.github.k8sclient.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The rules of client-go's {@code util/homedir}.
 */
class HomeDirectoryTests {

	@TempDir
	private Path folder;

	@Test
	void isHomeOutsideOfWindows() {
		assertThat(HomeDirectory.find(Map.of("HOME", "/home/joe", "USERPROFILE", "/other"), false))
			.isEqualTo(Path.of("/home/joe"));
		assertThat(HomeDirectory.find(Map.of("USERPROFILE", "/other"), false)).isNull();
	}

	@Test
	void windowsPrefersFolderWithKubeconfig() throws IOException {
		Path home = Files.createDirectories(this.folder.resolve("home"));
		Path profile = Files.createDirectories(this.folder.resolve("profile"));
		Path drive = Files.createDirectories(this.folder.resolve("drive"));
		Map<String, String> environment = Map.of("HOME", home.toString(), "USERPROFILE", profile.toString(),
				"HOMEDRIVE", this.folder.toString(), "HOMEPATH", "/drive");
		assertThat(HomeDirectory.find(environment, true)).isEqualTo(home);

		kubeconfig(profile);
		assertThat(HomeDirectory.find(environment, true)).isEqualTo(profile);

		kubeconfig(drive);
		assertThat(HomeDirectory.find(environment, true)).isEqualTo(drive);

		kubeconfig(home);
		assertThat(HomeDirectory.find(environment, true)).isEqualTo(home);
	}

	@Test
	void windowsPrefersExistingFolder() throws IOException {
		Path profile = Files.createDirectories(this.folder.resolve("profile"));

		assertThat(HomeDirectory.find(Map.of("HOME", "/missing", "USERPROFILE", profile.toString()), true))
			.isEqualTo(profile);
		assertThat(HomeDirectory.find(Map.of("HOME", "/missing", "USERPROFILE", "/gone"), true))
			.isEqualTo(Path.of("/missing"));
		assertThat(HomeDirectory.find(Map.of(), true)).isNull();
	}

	private static void kubeconfig(Path home) throws IOException {
		Files.createDirectories(home.resolve(".kube"));
		Files.writeString(home.resolve(".kube/config"), "");
	}

}
