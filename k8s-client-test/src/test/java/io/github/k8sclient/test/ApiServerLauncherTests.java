package io.github.k8sclient.test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.github.k8sclient.ForbiddenException;
import io.github.k8sclient.GoneException;
import io.github.k8sclient.api.core.v1.Namespace;
import io.github.k8sclient.client.Clientset;
import io.github.k8sclient.config.ClientConfiguration;
import io.github.k8sclient.meta.KubernetesList;
import io.github.k8sclient.meta.ListOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class ApiServerLauncherTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	@Test
	void missingProgramsAreNamed(@TempDir Path folder) {
		assertThatIllegalStateException().isThrownBy(() -> ApiServerLauncher.create(folder, null))
			.withMessageContaining(folder.resolve("etcd").toString());
	}

	@Test
	void programsAreTakenFromThePathOtherwise(@TempDir Path folder, @TempDir Path path) throws Exception {
		Files.createDirectory(folder.resolve("etcd"));
		for (String program : new String[] { "etcd", "kube-apiserver" }) {
			assertThat(Files.createFile(path.resolve(program)).toFile().setExecutable(true)).isTrue();
		}

		assertThat(ApiServerLauncher.create(folder, path.toString())).hasToString("ApiServerLauncher of " + folder);
	}

	@Test
	void hasNoAddressBeforeItsStart(@TempDir Path folder) throws Exception {
		for (String program : new String[] { "etcd", "kube-apiserver" }) {
			assertThat(Files.createFile(folder.resolve(program)).toFile().setExecutable(true)).isTrue();
		}

		assertThatIllegalStateException().isThrownBy(ApiServerLauncher.create(folder)::url);
	}

	@Test
	void flagsComeAfterThoseOfTheLauncher(@TempDir Path folder) throws Exception {
		program(folder.resolve("etcd"), "exec sleep 300");
		program(folder.resolve("kube-apiserver"), "echo \"$@\"");

		try (ApiServerLauncher launcher = ApiServerLauncher.create(folder)
			.flags("--authorization-mode=AlwaysAllow", "--feature-gates=WatchList=false")) {
			assertThatIllegalStateException().isThrownBy(launcher::start)
				.withMessageContaining("--authorization-mode=RBAC")
				.withMessageContaining("=true --authorization-mode=AlwaysAllow --feature-gates=WatchList=false");
		}
	}

	private static void program(Path file, String line) throws Exception {
		Files.writeString(file, "#!/bin/sh\n" + line + "\n");
		assertThat(file.toFile().setExecutable(true)).isTrue();
	}

	@Test
	@EnabledIfEnvironmentVariable(named = ApiServerLauncher.ASSETS_VARIABLE, matches = ".+")
	void twoUsersAreKnownAndOneHasNoRights() {
		Path data;
		try (ApiServerLauncher launcher = ApiServerLauncher.create().start()) {
			data = launcher.certificateAuthority();
			assertThat(namespaces(launcher.clientConfiguration())).isPositive();
			assertThat(launcher.kubeconfig()).contains(launcher.url().toString(), launcher.adminToken());

			StepVerifier.create(clientset(launcher.powerlessClientConfiguration()).coreV1().namespaces().list())
				.expectErrorSatisfies((failure) -> assertThat(failure).isInstanceOf(ForbiddenException.class)
					.hasMessageContaining("User \"powerless\" cannot list resource \"namespaces\""))
				.verify(TIMEOUT);
		}
		assertThat(data).doesNotExist();
	}

	@Test
	@EnabledIfEnvironmentVariable(named = ApiServerLauncher.ASSETS_VARIABLE, matches = ".+")
	void compactedHistoryIsGone() {
		try (ApiServerLauncher launcher = ApiServerLauncher.create().start()) {
			Clientset clientset = clientset(launcher.clientConfiguration());
			create(clientset, "one");
			create(clientset, "two");
			KubernetesList<Namespace> page = clientset.coreV1()
				.namespaces()
				.list(ListOptions.builder().limit(1L).build())
				.block(TIMEOUT);
			create(clientset, "three");

			launcher.compactHistory();
			launcher.compactHistory();
			launcher.restartApiServer();

			ListOptions next = ListOptions.builder().limit(1L).continue_(page.metadata().continue_()).build();
			StepVerifier.create(clientset.coreV1().namespaces().list(next))
				.expectError(GoneException.class)
				.verify(TIMEOUT);
		}
	}

	@Test
	@EnabledIfEnvironmentVariable(named = ApiServerLauncher.ASSETS_VARIABLE, matches = ".+")
	void pausedServerAnswersWhenItGoesOn() {
		try (ApiServerLauncher launcher = ApiServerLauncher.create().start()) {
			Clientset clientset = clientset(launcher.clientConfiguration());
			launcher.pauseApiServer();

			CompletableFuture<?> answer = clientset.coreV1().namespaces().list().toFuture();

			assertThat(answer).isNotDone();
			launcher.resumeApiServer();
			assertThat(answer).succeedsWithin(TIMEOUT);
		}
	}

	private static void create(Clientset clientset, String name) {
		clientset.coreV1()
			.namespaces()
			.create(Namespace.builder().metadata((metadata) -> metadata.name(name)).build())
			.block(TIMEOUT);
	}

	private static int namespaces(ClientConfiguration configuration) {
		return clientset(configuration).coreV1().namespaces().list().block(TIMEOUT).items().size();
	}

	private static Clientset clientset(ClientConfiguration configuration) {
		return Clientset.create(configuration);
	}

}
