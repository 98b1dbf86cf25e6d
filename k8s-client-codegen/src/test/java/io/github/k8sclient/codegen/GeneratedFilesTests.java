package io.github.k8sclient.codegen;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class GeneratedFilesTests {

	private static final FileTime LONG_AGO = FileTime.fromMillis(0);

	@TempDir
	Path folder;

	@Test
	void unchangedFilesAreNotTouched() throws IOException {
		new GeneratedFiles(this.folder).write("a.b.C", "class C");
		Path file = this.folder.resolve("a/b/C.java");
		Files.setLastModifiedTime(file, LONG_AGO);

		new GeneratedFiles(this.folder).write("a.b.C", "class C");
		assertThat(Files.getLastModifiedTime(file)).isEqualTo(LONG_AGO);

		new GeneratedFiles(this.folder).write("a.b.C", "final class C");
		assertThat(file).hasContent("final class C");
	}

	@Test
	void filesOfFormerRunsAreDeleted() throws IOException {
		new GeneratedFiles(this.folder).write("a.Old", "class Old");

		GeneratedFiles files = new GeneratedFiles(this.folder);
		files.write("a.New", "class New");
		files.deleteOthers();

		assertThat(this.folder.resolve("a")).isDirectoryContaining("glob:**New.java")
			.isDirectoryNotContaining("glob:**Old.java");
	}

	@Test
	void oneClassIsNotGeneratedTwice() throws IOException {
		GeneratedFiles files = new GeneratedFiles(this.folder);
		files.write("a.C", "class C");

		assertThatIllegalStateException().isThrownBy(() -> files.write("a.C", "class C"))
			.withMessage("Generated twice: a.C");
	}

	@Test
	void runsGenerateTheSame() throws IOException {
		ModelGenerator.main(this.folder.toString());
		Map<Path, FileTime> first = times();

		ModelGenerator.main(this.folder.toString());

		assertThat(times()).isEqualTo(first).hasSizeGreaterThan(600);
	}

	@Test
	void clientsetHasAClientForEachVersion() throws IOException {
		ClientsetGenerator.main(this.folder.toString());

		Path clients = this.folder.resolve("io/github/k8sclient/client");
		assertThat(clients.resolve("Clientset.java")).content().contains("public AppsV1Client appsV1()");
		assertThat(clients.resolve("CoreV1Client.java")).content()
			.contains("public ResourceClient<ConfigMap> configMaps(String namespace)", "public NodeClient nodes()")
			.doesNotContain("nodes(String namespace)");
		assertThat(clients.resolve("AuthorizationV1Client.java")).content()
			.contains("public CreateClient<LocalSubjectAccessReview> localSubjectAccessReviews(String namespace)");
	}

	@Test
	void clientsHaveTheMethodsOfSubresources() throws IOException {
		ClientsetGenerator.main(this.folder.toString());

		Path clients = this.folder.resolve("io/github/k8sclient/client");
		assertThat(clients.resolve("DeploymentClient.java")).content()
			.contains("public final class DeploymentClient extends ResourceClient<Deployment>",
					"public Mono<Scale> getScale(String name)",
					"public Mono<Scale> updateScale(String name, Scale scale, UpdateOptions options)",
					"public Mono<Scale> applyScale(String name, Scale scale, ApplyOptions options)");
		assertThat(clients.resolve("PodClient.java")).content()
			.contains("public final class PodClient extends PodExpansion",
					"public Mono<Pod> updateEphemeralContainers(Pod pod)");
		assertThat(clients.resolve("CertificateSigningRequestClient.java")).content()
			.contains("updateApproval(CertificateSigningRequest certificateSigningRequest)");
		assertThat(clients.resolve("ServiceAccountClient.java")).content()
			.contains("public Mono<TokenRequest> createToken(String name, TokenRequest tokenRequest)");
		assertThat(clients.resolve("ConfigMapClient.java")).doesNotExist();
	}

	@Test
	void generatorsWantOneFolder() {
		assertThatIllegalArgumentException().isThrownBy(ModelGenerator::main);
		assertThatIllegalArgumentException().isThrownBy(() -> ClientsetGenerator.main("a", "b"));
	}

	private Map<Path, FileTime> times() throws IOException {
		Map<Path, FileTime> times = new TreeMap<>();
		try (Stream<Path> files = Files.walk(this.folder)) {
			List<Path> sources = files.filter(Files::isRegularFile).toList();
			for (Path source : sources) {
				times.put(source, Files.getLastModifiedTime(source));
			}
		}
		return times;
	}

}
