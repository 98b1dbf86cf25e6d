package io.github.k8sclient.config;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class KubeConfigTests {

	@Test
	void readsWhatItKnows() {
		KubeConfig config = KubeConfig.parse("""
				apiVersion: v1
				kind: Config
				current-context: prod
				contexts:
				- name: prod
				  context: {cluster: eu, user: joe, namespace: team}
				clusters:
				- name: eu
				  cluster:
				    server: https://eu:6443
				    tls-server-name: api
				    insecure-skip-tls-verify: true
				    certificate-authority: /certs/ca.crt
				    certificate-authority-data: Y2E=
				    proxy-url: http://proxy
				    disable-compression: true
				users:
				- name: joe
				  user:
				    exec:
				      apiVersion: client.authentication.k8s.io/v1
				      command: ./bin/login
				      args: [--region, eu]
				      env: [{name: A, value: 1}, {name: B}]
				      installHint: Install it
				      provideClusterInfo: true
				      interactiveMode: IfAvailable
				""", "the tests");

		assertThat(config.currentContext()).isEqualTo("prod");
		KubeConfigContext context = config.contexts().get("prod");
		assertThat(context.name()).isEqualTo("prod");
		assertThat(context.cluster()).isEqualTo("eu");
		assertThat(context.user()).isEqualTo("joe");
		assertThat(context.namespace()).isEqualTo("team");
		KubeConfigCluster cluster = config.clusters().get("eu");
		assertThat(cluster.server()).isEqualTo("https://eu:6443");
		assertThat(cluster.tlsServerName()).isEqualTo("api");
		assertThat(cluster.insecureSkipTlsVerify()).isTrue();
		assertThat(cluster.certificateAuthority()).isEqualTo(Path.of("/certs/ca.crt"));
		assertThat(cluster.certificateAuthorityData()).isEqualTo("ca".getBytes(StandardCharsets.US_ASCII));
		assertThat(cluster.proxyUrl()).isEqualTo("http://proxy");
		assertThat(cluster.disableCompression()).isTrue();
		KubeConfigExec exec = config.users().get("joe").exec();
		assertThat(exec.apiVersion()).isEqualTo("client.authentication.k8s.io/v1");
		assertThat(exec.args()).containsExactly("--region", "eu");
		assertThat(exec.env()).containsExactly(Map.entry("A", "1"), Map.entry("B", ""));
		assertThat(exec.installHint()).isEqualTo("Install it");
		assertThat(exec.provideClusterInfo()).isTrue();
		assertThat(exec.interactiveMode()).isEqualTo("IfAvailable");
	}

	@Test
	void keepsWhatItDoesNotKnow() {
		KubeConfig config = KubeConfig.parse("""
				preferences: {colors: true}
				new-scalar: 1.50
				extensions: [{name: a, extension: {size: 3}}]
				clusters: [{name: eu, cluster: {server: https, max-streams: 42, nested: {list: [a, 1, false]}}}]
				contexts: []
				users: [{name: joe, user: {future-auth: {token: abc}}}]
				""", "the tests");

		assertThat(config.asMap())
			.isEqualTo(Map.of("preferences", Map.of("colors", true), "new-scalar", new BigDecimal("1.50"), "extensions",
					List.of(Map.of("name", "a", "extension", Map.of("size", 3))), "clusters",
					List.of(Map.of("name", "eu", "cluster",
							Map.of("server", "https", "max-streams", 42, "nested",
									Map.of("list", List.of("a", 1, false))))),
					"contexts", List.of(), "users",
					List.of(Map.of("name", "joe", "user", Map.of("future-auth", Map.of("token", "abc"))))));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "\n---\n", "# nothing\n", "null", "{}", "clusters:\nusers: null\n" })
	void textWithoutEntriesIsEmpty(String text) {
		assertThat(KubeConfig.parse(text, "the tests").isEmpty()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "- a", "text", "a: [", "a: b: c", "a: 1\na: 2", "\tx: y", "a: !!java.net.URL [x]",
			"a: !custom b", "clusters: text", "clusters: [text]", "clusters: [{cluster: {}}]",
			"clusters: [{name: a, cluster: text}]", "users: [{name: a}, {name: a}]", "kind: Pod", "apiVersion: v2",
			"--- \n{}\n---\n{}", "a: &a [*a]" })
	void refusesWhatIsNoKubeconfig(String text) {
		assertThatExceptionOfType(ConfigurationException.class).isThrownBy(() -> KubeConfig.parse(text, "the tests"))
			.withMessageContaining("the tests");
	}

	@Test
	void neverQuotesTheText() {
		String[] malformed = { "token: secret-token: x", "token: [secret-token", "token: 'secret-token",
				"secret-token: 1\nsecret-token: 2", "token: !secret-token x", "token: *secret-token" };

		for (String text : malformed) {
			assertThatExceptionOfType(ConfigurationException.class)
				.isThrownBy(() -> KubeConfig.parse(text, "the tests"))
				.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("secret-token"))
				.satisfies((ex) -> assertThat(ex).hasNoCause());
		}
	}

	@Test
	void boundsAliases() {
		StringBuilder laughs = new StringBuilder("a0: &a0 [x, x]\n");
		for (int i = 1; i < 60; i++) {
			laughs.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
		}

		assertThatExceptionOfType(ConfigurationException.class)
			.isThrownBy(() -> KubeConfig.parse(laughs.toString(), "the tests"));
	}

	@Test
	void aliasesDoNotMultiplyTheContent() {
		StringBuilder laughs = new StringBuilder("a0: &a0 [x, x]\n");
		for (int i = 1; i < 25; i++) {
			laughs.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
		}

		KubeConfig config = KubeConfig.parse(laughs.toString(), "the tests");

		List<?> last = (List<?>) config.asMap().get("a24");
		assertThat(last.get(0)).isSameAs(last.get(1));
	}

	@Test
	void boundsDepthAndSize() {
		assertThatExceptionOfType(ConfigurationException.class)
			.isThrownBy(() -> KubeConfig.parse("a: " + "[".repeat(100_000), "the tests"));
		assertThatExceptionOfType(ConfigurationException.class)
			.isThrownBy(() -> KubeConfig.parse("a: " + "x".repeat(2 << 20), "the tests"));
		assertThatExceptionOfType(ConfigurationException.class)
			.isThrownBy(() -> KubeConfig.parse("# comment\n".repeat(1 << 20), "the tests"));
	}

	@Test
	void firstOfMergedWinsForWholeEntries() {
		KubeConfig first = KubeConfig.parse("""
				current-context: ''
				clusters: [{name: a, cluster: {server: first}}]
				extensions: [{name: x, extension: first}]
				""", "first");
		KubeConfig second = KubeConfig.parse("""
				current-context: here
				preferences: {colors: true}
				clusters: [{name: a, cluster: {server: second, proxy-url: lost}}, {name: b, cluster: {server: b}}]
				extensions: [{name: x, extension: second}, {name: y, extension: second}]
				""", "second");

		KubeConfig merged = KubeConfig.merge(List.of(first, second));

		assertThat(merged.sources()).containsExactly("first", "second");
		assertThat(merged.currentContext()).isEqualTo("here");
		assertThat(merged.clusters().keySet()).containsExactly("a", "b");
		assertThat(merged.clusters().get("a").asMap()).containsOnly(Map.entry("server", "first"));
		assertThat(merged.asMap()).containsEntry("preferences", Map.of("colors", true))
			.containsEntry("extensions",
					List.of(Map.of("name", "x", "extension", "first"), Map.of("name", "y", "extension", "second")));
	}

}
