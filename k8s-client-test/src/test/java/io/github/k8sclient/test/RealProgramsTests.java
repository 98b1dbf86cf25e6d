package io.github.k8sclient.test;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

import io.github.k8sclient.api.core.v1.ConfigMap;
import io.github.k8sclient.client.Clientset;
import io.github.k8sclient.config.ClientConfiguration;
import io.github.k8sclient.config.ClientConfigurationLoader;
import io.github.k8sclient.config.Credentials;
import io.github.k8sclient.config.KubeConfig;
import io.github.k8sclient.meta.ListOptions;
import io.github.k8sclient.watch.WatchEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A real program between client and server: {@code kubectl proxy}, which authenticates in
 * the client's place.
 */
class RealProgramsTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	@TempDir
	private Path folder;

	private Process process;

	@AfterEach
	void end() {
		if (this.process != null) {
			this.process.destroyForcibly();
		}
	}

	@Test
	@EnabledIf("isKubectlInstalled")
	void listsAndWatchesThroughKubectlProxy() throws IOException {
		try (EmbeddedApiServer server = EmbeddedApiServer.create().start()) {
			listAndWatch(server.kubeconfig());
		}
	}

	@Test
	@EnabledIf("isKubectlInstalled")
	@EnabledIfEnvironmentVariable(named = ApiServerLauncher.ASSETS_VARIABLE, matches = ".+")
	void listsAndWatchesRealServerThroughKubectlProxy() throws IOException {
		try (ApiServerLauncher server = ApiServerLauncher.create().start()) {
			listAndWatch(server.kubeconfig());
		}
	}

	private void listAndWatch(String kubeconfig) throws IOException {
		ClientConfiguration configuration = ClientConfigurationLoader.builder()
			.environment(Map.of())
			.config(KubeConfig.parse(kubeconfig, "the tests"))
			.masterUrl("http://" + startProxy(kubeconfig))
			.build()
			.load();
		assertThat(configuration.credentials()).isEqualTo(Credentials.none());
		Clientset clientset = Clientset.create(configuration);

		ConfigMap created = clientset.coreV1()
			.configMaps("default")
			.create(ConfigMap.builder().metadata((meta) -> meta.name("settings")).build())
			.block(TIMEOUT);
		Flux<WatchEvent<ConfigMap>> watch = clientset.coreV1()
			.configMaps("default")
			.watch(ListOptions.builder().resourceVersion(created.metadata().resourceVersion()).build());

		WatchEvent<ConfigMap> event = watch
			.mergeWith(clientset.coreV1().configMaps("default").delete("settings").thenMany(Flux.never()))
			.blockFirst(TIMEOUT);

		assertThat(event).isInstanceOf(WatchEvent.Deleted.class);
		clientset.close().block(TIMEOUT);
	}

	private String startProxy(String kubeconfig) throws IOException {
		Path file = Files.writeString(this.folder.resolve("config"), kubeconfig);
		this.process = new ProcessBuilder("kubectl", "--kubeconfig=" + file, "proxy", "--port=0")
			.redirectErrorStream(true)
			.start();
		BufferedReader output = this.process.inputReader();
		String line = output.readLine();
		assertThat(line).startsWith("Starting to serve on ");
		return line.substring("Starting to serve on ".length()).strip();
	}

	static boolean isKubectlInstalled() {
		return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
			.anyMatch((folder) -> Files.isExecutable(Path.of(folder, "kubectl")));
	}

}
