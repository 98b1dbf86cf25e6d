package io.github.k8sclient.config;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import io.github.k8sclient.tls.TlsFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Where a configuration comes from.
 */
class ClientConfigurationLoaderTests {

	@TempDir
	private Path folder;

	private final Map<String, String> environment = new HashMap<>();

	private Path home;

	private Path serviceAccount;

	@BeforeEach
	void createFolders() throws IOException {
		this.home = Files.createDirectories(this.folder.resolve("home"));
		this.serviceAccount = Files.createDirectories(this.folder.resolve("serviceaccount"));
		this.environment.put("HOME", this.home.toString());
	}

	@Test
	void namedFileWinsOverEnvironmentAndHome() {
		this.environment.put("KUBECONFIG", kubeconfig("env", "https://env").toString());
		kubeconfig("home/.kube/config", "https://home");
		Path named = kubeconfig("named", "https://named");

		ClientConfiguration configuration = loader().kubeconfig(named).build().load();

		assertThat(configuration.server()).isEqualTo(URI.create("https://named"));
		assertThat(configuration.source()).isEqualTo("kubeconfig " + named + ", context it");
		assertThat(configuration.context()).isEqualTo("it");
	}

	@Test
	void environmentWinsOverHome() {
		this.environment.put("KUBECONFIG", kubeconfig("env", "https://env").toString());
		kubeconfig("home/.kube/config", "https://home");

		assertThat(load().server()).isEqualTo(URI.create("https://env"));
	}

	@Test
	void homeComesBeforeServiceAccount() {
		inPod();
		kubeconfig("home/.kube/config", "https://home");

		assertThat(load().server()).isEqualTo(URI.create("https://home"));
	}

	@Test
	void namedFileMustExist() {
		inPod();
		Path missing = this.folder.resolve("missing");

		assertThatExceptionOfType(ConfigurationException.class)
			.isThrownBy(() -> loader().kubeconfig(missing).build().load())
			.withMessageContaining("there is no file " + missing)
			.withMessageContaining("Correct the path");
	}

	@Test
	void tildeOfNamedFileStandsForHome() {
		kubeconfig("home/conf/mine", "https://mine");

		assertThat(loader().kubeconfig(Path.of("~/conf/mine")).build().load().server())
			.isEqualTo(URI.create("https://mine"));
	}

	@Test
	void mergesFilesOfEnvironmentAndSkipsMissingOnes() {
		Path first = write("first/config", """
				contexts:
				- {name: one, context: {cluster: shared, user: first}}
				clusters:
				- {name: shared, cluster: {server: 'https://first'}}
				users:
				- {name: first, user: {token: t1}}
				""");
		Path second = write("second/config", """
				current-context: one
				contexts:
				- {name: one, context: {cluster: other, user: other}}
				clusters:
				- {name: shared, cluster: {server: 'https://second', tls-server-name: lost}}
				users:
				- {name: second, user: {token: t2}}
				""");
		this.environment.put("KUBECONFIG", String.join(File.pathSeparator, this.folder.resolve("missing").toString(),
				first.toString(), second.toString(), first.toString()));

		ClientConfiguration configuration = load();

		assertThat(configuration.server()).isEqualTo(URI.create("https://first"));
		assertThat(configuration.tls().serverName()).isNull();
		assertThat(configuration.credentials()).isEqualTo(Credentials.bearerToken("t1"));
		assertThat(configuration.source()).isEqualTo("kubeconfig " + first + ", " + second + ", context one");
	}

	@Test
	void namesEveryBrokenFileOfEnvironment() {
		Path first = write("first", "token: secret-token\na: [");
		Path second = write("second", "kind: Pod");
		this.environment.put("KUBECONFIG", first + File.pathSeparator + second);

		assertThatExceptionOfType(ConfigurationException.class).isThrownBy(this::load)
			.withMessageContaining(first + " is not a valid kubeconfig: its YAML is malformed at line 2")
			.withMessageContaining(second + " is not a kubeconfig: it holds Pod")
			.withMessageNotContaining("secret-token");
	}

	@Test
	void warnsWhenAllFilesOfEnvironmentAreMissing() {
		inPod();
		this.environment.put("KUBECONFIG", "/missing/a" + File.pathSeparator + "/missing/b");

		try (CapturedLog log = CapturedLog.of(ClientConfigurationLoader.class)) {
			load();

			assertThat(log.warnings()).singleElement().asString().contains("KUBECONFIG", "/missing/a", "/missing/b");
		}
	}

	@Test
	void resolvesPathsAgainstTheFileThatNamesThem() {
		Path file = write("some/folder/config", """
				current-context: it
				contexts: [{name: it, context: {cluster: it, user: it}}]
				clusters: [{name: it, cluster: {server: 'https://it', certificate-authority: certs/ca.crt}}]
				users: [{name: it, user: {tokenFile: ../token}}]
				""");
		copy("ca.crt", "some/folder/certs/ca.crt");
		Path token = write("some/token", "abc\n");

		ClientConfiguration configuration = loader().kubeconfig(file).build().load();

		assertThat(configuration.tls().certificateAuthority().file())
			.isEqualTo(this.folder.resolve("some/folder/certs/ca.crt"));
		assertThat(configuration.credentials()).isEqualTo(Credentials.tokenFile(token));
	}

	@Test
	void readsFilesOnce() throws IOException {
		Path file = kubeconfig("config", "https://one");
		ClientConfigurationLoader loader = loader().kubeconfig(file).build();
		ClientConfiguration first = loader.load();
		Files.delete(file);

		assertThat(loader.load()).isSameAs(first);
	}

	@Test
	void triesAgainAfterFailure() {
		Path file = this.folder.resolve("config");
		ClientConfigurationLoader loader = loader().kubeconfig(file).build();
		assertThatExceptionOfType(ConfigurationException.class).isThrownBy(loader::load);
		kubeconfig("config", "https://one");

		assertThat(loader.load().server()).isEqualTo(URI.create("https://one"));
	}

	@Test
	void nothingFoundSaysWhereItLooked() {
		assertThatExceptionOfType(ConfigurationException.class).isThrownBy(this::load).satisfies((ex) -> {
			assertThat(ex.description()).contains("KUBECONFIG is not set",
					this.home.resolve(".kube/config") + " does not exist",
					"KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT are not set");
			assertThat(ex.action()).contains("a kubeconfig file", "KUBECONFIG", "the URL of the API server");
			assertThat(ex.settings()).containsExactly("kubeconfig", "masterUrl");
			assertThat(ex).hasMessageEndingWith("In code, this is set by the builder: kubeconfig, masterUrl.");
		});
	}

	@Test
	void nothingFoundNamesMissingFilesOfEnvironment() {
		kubeconfig("home/.kube/config", "https://home");
		this.environment.put("KUBECONFIG", this.folder.resolve("missing").toString());

		assertThatExceptionOfType(ConfigurationException.class).isThrownBy(this::load)
			.withMessageContaining(this.folder.resolve("missing") + " of KUBECONFIG does not exist");
	}

	@Test
	void nothingFoundWithoutHome() {
		this.environment.remove("HOME");

		assertThatExceptionOfType(ConfigurationException.class).isThrownBy(this::load)
			.withMessageContaining("no home folder");
	}

	@Test
	void missingCurrentContextNamesTheContexts() {
		Path file = write("config", "contexts: [{name: b, context: {}}, {name: a, context: {}}]");

		assertThatExceptionOfType(ConfigurationException.class)
			.isThrownBy(() -> loader().kubeconfig(file).build().load())
			.withMessageContaining(file + " has no current-context")
			.withMessageContaining("[a, b]");
	}

	@Test
	void usesServiceAccountWhenThereIsNoKubeconfig() {
		inPod();

		ClientConfiguration configuration = load();

		assertThat(configuration.server()).isEqualTo(URI.create("https://10.0.0.1:443"));
		assertThat(configuration.namespace()).isEqualTo("team");
		assertThat(configuration.credentials()).isEqualTo(Credentials.tokenFile(this.serviceAccount.resolve("token")));
		assertThat(configuration.tls().readCertificateAuthorities()).hasSize(1);
		assertThat(configuration.context()).isNull();
		assertThat(configuration.source()).contains("service account");
	}

	@Test
	void usesServiceAccountWhenKubeconfigIsEmpty() {
		inPod();
		write("home/.kube/config", "");

		assertThat(load().source()).contains("service account");
	}

	@Test
	void doesNotHideBrokenKubeconfigBehindServiceAccount() {
		inPod();
		write("home/.kube/config", "current-context: gone");

		assertThatExceptionOfType(ConfigurationException.class).isThrownBy(this::load)
			.withMessageContaining("The context 'gone' does not exist");
	}

	@ParameterizedTest
	@CsvSource({ "fd00::1,https://[fd00::1]:443", "kubernetes,https://kubernetes:443" })
	void bracketsIpV6AddressOfService(String host, String expected) {
		inPod();
		this.environment.put("KUBERNETES_SERVICE_HOST", host);

		assertThat(load().server()).isEqualTo(URI.create(expected));
	}

	@Test
	void trustsJvmWhenAuthorityOfServiceAccountIsBroken() {
		inPod();
		write("serviceaccount/ca.crt", "broken");

		try (CapturedLog log = CapturedLog.of(InCluster.class)) {
			assertThat(load().tls().certificateAuthority()).isNull();
			assertThat(log.warnings()).singleElement().asString().contains("ca.crt");
		}
	}

	@Test
	void namespaceOfPodComesFromEnvironmentFirst() {
		inPod();
		this.environment.put("POD_NAMESPACE", "from-environment");

		assertThat(load().namespace()).isEqualTo("from-environment");
	}

	@Test
	void namespaceOfPodStandsInForThatOfContext() {
		inPod();
		kubeconfig("home/.kube/config", "https://home");

		assertThat(load().namespace()).isEqualTo("team");
	}

	@Test
	void inClusterSaysWhatIsMissing() throws IOException {
		ClientConfigurationLoader outside = loader().build();
		assertThatExceptionOfType(ConfigurationException.class).isThrownBy(outside::loadInCluster)
			.withMessageContaining("does not run in a Kubernetes pod")
			.withMessageContaining("KUBERNETES_SERVICE_HOST");

		inPod();
		Files.delete(this.serviceAccount.resolve("token"));
		ClientConfigurationLoader withoutToken = loader().build();
		assertThatExceptionOfType(ConfigurationException.class).isThrownBy(withoutToken::loadInCluster)
			.withMessageContaining("there is no file " + this.serviceAccount.resolve("token"))
			.withMessageContaining("automountServiceAccountToken");
	}

	@Test
	void masterUrlAloneIsEnough() {
		ClientConfiguration configuration = loader().masterUrl("http://localhost:8001").build().load();

		assertThat(configuration.server()).isEqualTo(URI.create("http://localhost:8001"));
		assertThat(configuration.credentials()).isEqualTo(Credentials.none());
		assertThat(configuration.namespace()).isEqualTo("default");
	}

	@Test
	void usesGivenKubeconfig() {
		KubeConfig config = KubeConfig.parse("""
				{"current-context": "it", "contexts": [{"name": "it", "context": {"cluster": "it"}}],
				"clusters": [{"name": "it", "cluster": {"server": "https://it"}}]}
				""", "secret prod/kubeconfig");

		ClientConfiguration configuration = loader().config(config).build().load();

		assertThat(configuration.server()).isEqualTo(URI.create("https://it"));
		assertThat(configuration.source()).isEqualTo("kubeconfig secret prod/kubeconfig, context it");
	}

	@Test
	void emptyTextsCountAsNotSet() {
		kubeconfig("home/.kube/config", "https://home");

		ClientConfiguration configuration = loader().context("")
			.cluster(" ")
			.user("")
			.namespace("")
			.masterUrl("")
			.build()
			.load();

		assertThat(configuration.server()).isEqualTo(URI.create("https://home"));
	}

	@Test
	void takesProxyFromEnvironmentUnlessClusterNamesOne() {
		this.environment.put("HTTPS_PROXY", "http://proxy:3128");
		Path plain = kubeconfig("plain", "https://cluster");
		Path named = write("named", """
				current-context: it
				contexts: [{name: it, context: {cluster: it}}]
				clusters: [{name: it, cluster: {server: 'https://it', proxy-url: 'socks5://other:1080'}}]
				""");

		assertThat(loader().kubeconfig(plain).build().load().proxy()).isEqualTo(URI.create("http://proxy:3128"));
		assertThat(loader().kubeconfig(named).build().load().proxy()).isEqualTo(URI.create("socks5://other:1080"));
	}

	@Test
	void takesProxyFromEnvironmentInPodToo() {
		inPod();
		this.environment.put("HTTPS_PROXY", "http://proxy:3128");

		assertThat(load().proxy()).isEqualTo(URI.create("http://proxy:3128"));
		assertThat(loader().namespace("other").build().load().proxy()).isEqualTo(URI.create("http://proxy:3128"));

		this.environment.put("NO_PROXY", "10.0.0.0/8");
		assertThat(load().proxy()).isNull();
	}

	private ClientConfiguration load() {
		return loader().build().load();
	}

	private ClientConfigurationLoader.Builder loader() {
		return ClientConfigurationLoader.builder()
			.environment(this.environment)
			.serviceAccountDirectory(this.serviceAccount);
	}

	@Test
	void flagsWithoutValueUseServiceAccountBeforeKubeconfig() {
		inPod();
		kubeconfig("home/.kube/config", "https://home");

		assertThat(fromFlags("", null).source()).startsWith("service account");
	}

	@Test
	void flagsWithoutValueFallBackToKubeconfigWithWarning() {
		kubeconfig("home/.kube/config", "https://home");

		try (CapturedLog log = CapturedLog.of(ClientConfigurationLoader.class)) {
			assertThat(fromFlags(null, " ").server()).isEqualTo(URI.create("https://home"));
			assertThat(log.warnings()).singleElement().asString().contains("KUBERNETES_SERVICE_HOST");
		}
	}

	@Test
	void flagsWithoutValueFallBackWhenTokenCannotBeRead() {
		inPod();
		write("serviceaccount/token", "");
		kubeconfig("home/.kube/config", "https://home");

		assertThat(fromFlags(null, null).server()).isEqualTo(URI.create("https://home"));
	}

	@Test
	void flagOfMasterUrlAloneUsesNoKubeconfig() {
		inPod();
		kubeconfig("home/.kube/config", "https://home");

		ClientConfiguration configuration = fromFlags("https://mine", "");

		assertThat(configuration.server()).isEqualTo(URI.create("https://mine"));
		assertThat(configuration.credentials()).isEqualTo(Credentials.none());
		assertThat(configuration.context()).isNull();
	}

	@Test
	void flagsOfBothUseKubeconfigWithOtherServer() {
		inPod();
		Path file = kubeconfig("mine", "https://file");

		ClientConfiguration configuration = fromFlags("https://mine", file.toString());

		assertThat(configuration.server()).isEqualTo(URI.create("https://mine"));
		assertThat(configuration.context()).isEqualTo("it");
	}

	private ClientConfiguration fromFlags(String masterUrl, String kubeconfig) {
		return ClientConfigurationLoader.loadFromFlags(masterUrl, kubeconfig, loader());
	}

	private void inPod() {
		this.environment.put("KUBERNETES_SERVICE_HOST", "10.0.0.1");
		this.environment.put("KUBERNETES_SERVICE_PORT", "443");
		write("serviceaccount/token", "pod-token");
		write("serviceaccount/namespace", "team\n");
		copy("ca.crt", "serviceaccount/ca.crt");
	}

	private Path kubeconfig(String name, String server) {
		return write(name, """
				apiVersion: v1
				kind: Config
				current-context: it
				contexts: [{name: it, context: {cluster: it}}]
				clusters: [{name: it, cluster: {server: "%s"}}]
				""".formatted(server));
	}

	private Path write(String name, String text) {
		try {
			Path file = this.folder.resolve(name);
			Files.createDirectories(file.getParent());
			return Files.writeString(file, text);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void copy(String fixture, String name) {
		write(name, new String(TlsFiles.bytes(fixture), StandardCharsets.US_ASCII));
	}

}
