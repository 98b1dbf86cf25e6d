package io.github.k8sclient.config;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

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

	@Test
	void readsJsonWithTabs() {
		KubeConfig config = KubeConfig.parse("""
				{
				\t"current-context":\t"prod",
				\t"preferences": {"colors": true, "ratio": 1.50},
				\t"users": [{"name": "joe", "user": {"token": "t", "none": null}}]
				}
				""", "the tests");

		assertThat(config.currentContext()).isEqualTo("prod");
		assertThat(config.users().get("joe").asMap()).isEqualTo(Map.of("token", "t"));
		assertThat(config.asMap()).containsEntry("preferences",
				Map.of("colors", true, "ratio", new BigDecimal("1.50")));
	}

	@Test
	void writesBackTheSameContentInTheSameOrder() {
		String text = """
				apiVersion: v1
				users:
				- user:
				    token: "0123"
				    future-auth:
				      token: abc
				  name: joe
				  future-member: 1
				current-context: prod
				preferences:
				  colors: true
				contexts: []
				clusters:
				- cluster:
				    server: https://api.example.com:6443
				    max-streams: 42
				    ratio: 1.50
				  name: eu
				kind: Config
				""";

		assertThat(KubeConfig.parse(text, "the tests").toYaml()).isEqualTo(text);
	}

	@ParameterizedTest
	@ValueSource(strings = { "yes", "on", "NO", "null", "~", "0123", "1e3", "0x1F", "1_000", "2020-01-01", "12:30:45",
			"=", "<<", "a: b", "a #b", "- a", "{a}", "'", "\"", "\\", " a ", "a\nb\n", "\u0000", "\u00e9",
			"\ud83d\ude00", "true", "1.0", ".5", ".inf", "@a", "`", "%a", "!a", "&a", "*a", "a:", "tr\tue",
			"line one\nline two", "line one\nline two\n", " x\n", "x\n\n", "x \n", "y", "N" })
	void keepsTextsThatLookLikeSomethingElse(String value) {
		KubeConfig config = KubeConfig.empty().withUser("joe", Map.of("token", value));

		KubeConfig again = KubeConfig.parse(config.toYaml(), "the tests");

		assertThat(again.users().get("joe").asMap()).isEqualTo(Map.of("token", value));
		// By the rules of YAML 1.1, too, which knows more words than we do
		assertThat(new Yaml().<Map<String, Object>>load(config.toYaml()).get("users"))
			.isEqualTo(List.of(Map.of("name", "joe", "user", Map.of("token", value))));
	}

	@Test
	void changesAreVisibleInCopyOnly() {
		KubeConfig config = KubeConfig.parse("{current-context: a, users: [{name: joe, user: {token: t, other: o}}]}",
				"the tests");

		KubeConfig changed = config.withCurrentContext("b")
			.withUser("joe", Map.of("token", "new"))
			.withUser("jane", Map.of("tokenFile", "/token"))
			.withCluster("eu", Map.of("server", "https://eu"))
			.withContext("b", Map.of("cluster", "eu", "user", "jane"));

		assertThat(config.currentContext()).isEqualTo("a");
		assertThat(config.users()).containsOnlyKeys("joe");
		assertThat(config.users().get("joe").token()).isEqualTo("t");
		assertThat(changed.currentContext()).isEqualTo("b");
		assertThat(changed.users().get("joe").asMap()).isEqualTo(Map.of("token", "new"));
		assertThat(changed.users().get("jane").tokenFile()).isEqualTo(Path.of("/token"));
		assertThat(changed.clusters().get("eu").server()).isEqualTo("https://eu");
		assertThat(changed.contexts().get("b").user()).isEqualTo("jane");
		assertThat(KubeConfig.parse(changed.toYaml(), "again").asMap()).containsAllEntriesOf(changed.asMap());
	}

	@Test
	void relativePathsOfChangedEntryCountFromItsFile(@TempDir Path folder) throws IOException {
		KubeConfig config = KubeConfig
			.read(Files.writeString(folder.resolve("config"), "users: [{name: joe, user: {tokenFile: old}}]"))
			.withUser("joe", Map.of("tokenFile", "joe/token"))
			.withUser("jane", Map.of("tokenFile", "jane/token"));

		assertThat(config.users().get("joe").tokenFile()).isEqualTo(folder.resolve("joe/token"));
		assertThat(config.users().get("jane").tokenFile()).isEqualTo(folder.resolve("jane/token"));
	}

	@Test
	void newEntryOfMergedFilesBelongsToTheFirst(@TempDir Path folder) throws IOException {
		KubeConfig merged = mergedFiles(folder);

		KubeConfig changed = merged.withCluster("new", Map.of("certificate-authority", "ca.crt"))
			.withCluster("b", Map.of("certificate-authority", "other.crt"));

		assertThat(changed.clusters().get("new").certificateAuthority()).isEqualTo(folder.resolve("a/ca.crt"));
		assertThat(changed.clusters().get("b").certificateAuthority()).isEqualTo(folder.resolve("b/other.crt"));
	}

	@Test
	void pathsLeadToTheSameFilesWhenWrittenElsewhere(@TempDir Path folder) throws IOException {
		KubeConfig merged = mergedFiles(folder);
		Path file = Files.createDirectory(folder.resolve("c")).resolve("config");

		merged.write(file);

		assertSamePaths(KubeConfig.read(file), folder);
		assertSamePaths(KubeConfig.parse(merged.toYaml(), "the tests"), folder);
		assertThat(Files.readString(file)).contains("command: aws", folder.resolve("b/bin/login").toString(),
				"command: not/a/program");
	}

	@Test
	void fileKeepsItsOwnRelativePaths(@TempDir Path folder) throws IOException {
		KubeConfig merged = mergedFiles(folder);

		merged.write(folder.resolve("a/config"));
		KubeConfig.update(folder.resolve("b/config"), (config) -> config.withCurrentContext("x"));

		assertThat(Files.readString(folder.resolve("a/config"))).contains("certificate-authority: ca.crt",
				"certificate-authority: " + folder.resolve("b/ca.crt"));
		assertThat(Files.readString(folder.resolve("b/config"))).contains("certificate-authority: ca.crt",
				"tokenFile: token");
	}

	private static KubeConfig mergedFiles(Path folder) throws IOException {
		Path first = Files.writeString(Files.createDirectory(folder.resolve("a")).resolve("config"), """
				clusters: [{name: a, cluster: {certificate-authority: ca.crt}}]
				users: [{name: a, user: {exec: {command: aws}}}]
				""");
		Path second = Files.writeString(Files.createDirectory(folder.resolve("b")).resolve("config"), """
				clusters:
				- name: b
				  cluster:
				    certificate-authority: ca.crt
				    extensions: [{name: x, extension: {command: not/a/program}}]
				users:
				- name: b
				  user: {client-certificate: ../pki/b.crt, client-key: /keys/../b.key, tokenFile: token}
				- name: login
				  user: {exec: {command: bin/login}}
				- name: oidc
				  user: {auth-provider: {name: oidc, config: {idp-certificate-authority: idp.crt}}}
				""");
		return KubeConfig.merge(List.of(KubeConfig.read(first), KubeConfig.read(second)));
	}

	private static void assertSamePaths(KubeConfig config, Path folder) {
		KubeConfigUser user = config.users().get("b");
		assertThat(config.clusters().get("a").certificateAuthority()).isEqualTo(folder.resolve("a/ca.crt"));
		assertThat(config.clusters().get("b").certificateAuthority()).isEqualTo(folder.resolve("b/ca.crt"));
		assertThat(user.clientCertificate()).isEqualTo(folder.resolve("pki/b.crt"));
		assertThat(user.clientKey()).isEqualTo(Path.of("/keys/../b.key"));
		assertThat(user.tokenFile()).isEqualTo(folder.resolve("b/token"));
		assertThat(config.users().get("a").exec().command()).isEqualTo("aws");
		assertThat(config.users().get("login").exec().command()).isEqualTo(folder.resolve("b/bin/login").toString());
		assertThat(config.users().get("oidc").asMap().toString()).contains(folder.resolve("b/idp.crt").toString());
	}

	@Test
	void newFileIsForItsOwnerOnly(@TempDir Path folder) throws IOException {
		Path file = folder.resolve("config");

		KubeConfig.empty().withCurrentContext("a").write(file);

		assertThat(Files.readString(file)).isEqualTo("current-context: a\napiVersion: v1\nkind: Config\n");
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
		assertThat(folder).isDirectoryNotContaining((other) -> !other.equals(file));
	}

	@Test
	void writtenFileKeepsPermissionsAndLink(@TempDir Path folder) throws IOException {
		Path file = Files.writeString(folder.resolve("real"), "current-context: a");
		Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
		Path link = Files.createSymbolicLink(folder.resolve("link"), file);

		KubeConfig.update(link, (config) -> config.withCurrentContext("other"));

		assertThat(Files.isSymbolicLink(link)).isTrue();
		assertThat(KubeConfig.read(file).currentContext()).isEqualTo("other");
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-r-----");
		assertThat(folder).isDirectoryNotContaining("glob:**.lock");
	}

	@Test
	void doesNotChangeFileThatAnotherProcessHasLocked(@TempDir Path folder) throws IOException {
		Path file = Files.writeString(folder.resolve("config"), "current-context: a");
		Path lock = Files.createFile(folder.resolve("config.lock"));

		assertThatExceptionOfType(ConfigurationException.class)
			.isThrownBy(() -> KubeConfig.update(file, (config) -> config.withCurrentContext("b")))
			.withMessageContaining("locked")
			.withMessageContaining(lock.toString());

		assertThat(file).hasContent("current-context: a");
		assertThat(lock).exists();
	}

	@Test
	void failedChangeLeavesFileAndNoLock(@TempDir Path folder) throws IOException {
		Path file = Files.writeString(folder.resolve("config"), "current-context: a");

		assertThatExceptionOfType(ConfigurationException.class).isThrownBy(() -> KubeConfig.update(file, (config) -> {
			throw new ConfigurationException("no", "no");
		}));

		assertThat(file).hasContent("current-context: a");
		assertThat(folder).isDirectoryNotContaining((other) -> !other.equals(file));
	}

	@Test
	void saysThatFileCannotBeWritten(@TempDir Path folder) {
		assertThatExceptionOfType(ConfigurationException.class)
			.isThrownBy(() -> KubeConfig.empty().write(folder.resolve("missing").resolve("config")))
			.withMessageContaining("cannot be written");
		assertThatExceptionOfType(ConfigurationException.class)
			.isThrownBy(() -> KubeConfig.update(folder.resolve("missing"), (config) -> config))
			.withMessageContaining("there is no file");
	}

}
