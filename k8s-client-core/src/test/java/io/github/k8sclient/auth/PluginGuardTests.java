package io.github.k8sclient.auth;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.github.k8sclient.config.ConfigurationException;
import io.github.k8sclient.config.ExecPlugin;
import io.github.k8sclient.config.ExecPolicy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Which plugins a policy allows, and where they are found.
 */
@DisabledOnOs(OS.WINDOWS)
class PluginGuardTests {

	@TempDir
	private Path folder;

	private Path first;

	private Path second;

	@BeforeEach
	void createPrograms() throws IOException {
		this.first = Scripts.write(Files.createDirectory(this.folder.resolve("first")).resolve("aws"), "");
		this.second = Scripts.write(Files.createDirectory(this.folder.resolve("second")).resolve("aws"), "");
	}

	@Test
	void findsNameInPathAndRunsWhatItHasFound() {
		assertThat(run(ExecPolicy.allowAll(), "aws")).isEqualTo(this.first);
		assertThat(run(ExecPolicy.allowAll(), this.second.toString())).isEqualTo(this.second);
	}

	@Test
	void passesOverWhatIsNotExecutableAndRelativeFolders() throws IOException {
		Path plain = Files.createDirectory(this.folder.resolve("plain"));
		Files.createFile(plain.resolve("aws"));
		Files.createDirectories(this.folder.resolve("folders").resolve("aws"));

		PluginGuard guard = new PluginGuard(ExecPolicy.allowAll(),
				Executables.of(
						Map.of("PATH",
								String.join(File.pathSeparator, "", ".", plain.toString(),
										this.folder.resolve("folders").toString(), this.second.getParent().toString())),
						false));

		assertThat(guard.require(ExecPlugin.of("aws"))).isEqualTo(this.second);
	}

	@Test
	void nameInListAllowsTheProgramOfThatNameInThePath() {
		assertThat(run(ExecPolicy.allow("aws"), "aws")).isEqualTo(this.first);
		assertThat(run(ExecPolicy.allow("other", "aws"), this.first.toString())).isEqualTo(this.first);
	}

	@Test
	void nameInListDoesNotAllowAnotherProgramOfThatName() {
		assertDenied(ExecPolicy.allow("aws"), this.second.toString());
	}

	@Test
	void pathInListAllowsThatProgramOnly() {
		assertThat(run(ExecPolicy.allow(this.first.toString()), "aws")).isEqualTo(this.first);
		assertThat(run(ExecPolicy.allow(this.first.toString()), this.first.toString())).isEqualTo(this.first);
		assertDenied(ExecPolicy.allow(this.second.toString()), "aws");
		assertDenied(ExecPolicy.allow(this.first.toString()), this.second.toString());
	}

	@Test
	void runsTheShortestFormOfTheCommandThatItHasCompared() {
		assertThat(run(ExecPolicy.allow(this.second.toString()), this.folder + "/first/../second/aws"))
			.isEqualTo(this.second);
	}

	@Test
	void pathThatOnlyLooksListedDoesNotRunBehindLink() throws IOException {
		Path elsewhere = Files.createDirectories(this.folder.resolve("elsewhere").resolve("deep"));
		Path other = Scripts.write(elsewhere.resolveSibling("aws"), "");
		Path link = Files.createSymbolicLink(this.first.resolveSibling("link"), elsewhere);

		Path program = run(ExecPolicy.allow(this.first.toString()), link + "/../aws");

		assertThat(program).isEqualTo(this.first);
		assertThat(Files.isSameFile(program, other)).isFalse();
	}

	@Test
	void nameInListDoesNotAllowTheProgramOfTheWorkingDirectory() {
		assertThat(run(ExecPolicy.allow("aws"), "./aws")).isEqualTo(this.first);
		assertThat(run(ExecPolicy.allowAll(), "./aws")).isEqualTo(this.first);
	}

	@Test
	void entryThatIsNotInstalledAllowsNothing() {
		assertDenied(ExecPolicy.allow("gke-gcloud-auth-plugin", "/missing/aws"), "aws");
	}

	@Test
	void programThatIsNotFoundIsNotAllowed() {
		assertThatExceptionOfType(ConfigurationException.class)
			.isThrownBy(() -> run(ExecPolicy.allow("missing"), "missing"))
			.withMessageContaining("was not found");
	}

	@Test
	void deniesAll() {
		assertDenied(ExecPolicy.denyAll(), "aws");
	}

	@Test
	void addsExtensionsOfWindows() throws IOException {
		Path folder = Files.createDirectory(this.folder.resolve("bin"));
		Path program = Scripts.write(folder.resolve("aws.exe"), "");
		Scripts.write(folder.resolve("text.txt"), "");
		Executables executables = Executables.of(Map.of("PATH", folder.toString(), "PATHEXT", ".COM;.EXE"), true);

		assertThat(List.of("aws", "aws.exe", program.toString()))
			.allSatisfy((command) -> assertThat(executables.find(command)).isEqualTo(program));
		assertThat(executables.find("text.txt")).isNull();
		assertThat(executables.find("")).isNull();
		assertThat(executables.find("\0")).isNull();
		assertThat(executables.find("/")).isNull();
		assertThat(executables.find(".")).isNull();
	}

	private Path run(ExecPolicy policy, String command) {
		String path = this.first.getParent() + File.pathSeparator + this.second.getParent();
		return new PluginGuard(policy, Executables.of(Map.of("PATH", path), false)).require(ExecPlugin.of(command));
	}

	private void assertDenied(ExecPolicy policy, String command) {
		assertThatExceptionOfType(ConfigurationException.class).isThrownBy(() -> run(policy, command))
			.withMessageContaining("may not be run")
			.withMessageContaining(command);
	}

}
