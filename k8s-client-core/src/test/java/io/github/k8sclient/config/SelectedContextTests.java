package io.github.k8sclient.config;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import io.github.k8sclient.tls.TlsFiles;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * How the context, cluster and user of a kubeconfig become a configuration.
 */
class SelectedContextTests {

	private static final String PLUGIN = "{exec: {apiVersion: client.authentication.k8s.io/v1, command: aws, "
			+ "interactiveMode: Never}}";

	private String context = "{cluster: c, user: u}";

	private String cluster = "{server: 'https://api:6443'}";

	private String user = "{token: secret-token}";

	@Test
	void takesNamespaceOfContext() {
		this.context = "{cluster: c, user: u, namespace: team}";

		assertThat(load().namespace()).isEqualTo("team");
	}

	@Test
	void overridesWinOverContext() {
		ClientConfiguration configuration = loader().context("other")
			.cluster("second")
			.user("second")
			.namespace("mine")
			.build()
			.load();

		assertThat(configuration.server()).isEqualTo(URI.create("https://second"));
		assertThat(configuration.credentials()).isEqualTo(Credentials.bearerToken("second-token"));
		assertThat(configuration.namespace()).isEqualTo("mine");
		assertThat(configuration.context()).isEqualTo("other");
	}

	@Test
	void masterUrlReplacesServerAndItsCertificateName() {
		this.cluster = "{server: 'https://api:6443', tls-server-name: api}";

		ClientConfiguration configuration = loader().masterUrl("https://elsewhere/").build().load();

		assertThat(configuration.server()).isEqualTo(URI.create("https://elsewhere"));
		assertThat(configuration.tls().serverName()).isNull();
		assertThat(configuration.credentials()).isEqualTo(Credentials.bearerToken("secret-token"));
	}

	@ParameterizedTest
	@CsvSource({ "https://api:6443/prefix/,https://api:6443/prefix", "https://api/?a=b#c,https://api",
			"HTTPS://api,https://api", "api:8080,http://api:8080", "[fd00::1]:80,http://[fd00::1]:80" })
	void normalizesServer(String server, String expected) {
		this.cluster = "{server: '" + server + "'}";

		assertThat(load().server()).isEqualTo(URI.create(expected));
	}

	@Test
	void serverWithoutSchemeIsHttpsWhenTlsIsConfigured() {
		this.cluster = "{server: 'api:6443', insecure-skip-tls-verify: true}";

		assertThat(load().server()).isEqualTo(URI.create("https://api:6443"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "ftp://api", "https://", "api/path", "https://a b", "https://user:secret-password@api",
			"https://user:secret-password@my_api", "https://my_api:port", "https://my_api,b" })
	void refusesWhatIsNoServer(String server) {
		this.cluster = "{server: '" + server + "'}";

		assertRefused("clusters[c].server of the tests is not a server").withMessageNotContaining("secret-password");
	}

	@Test
	void hostsMayHaveUnderscores() {
		this.cluster = "{server: 'https://my_api:6443', proxy-url: 'http://joe:secret@my_proxy:3128'}";

		ClientConfiguration configuration = load();

		assertThat(configuration.server()).isEqualTo(URI.create("https://my_api:6443"));
		assertThat(configuration.proxy()).isEqualTo(URI.create("http://joe:secret@my_proxy:3128"));
		assertThat(configuration.toString()).contains("http://my_proxy:3128").doesNotContain("secret");
	}

	@Test
	void refusesMissingServer() {
		this.cluster = "{}";

		assertRefused("clusters[c].server of the tests is missing");
	}

	@Test
	void refusesUnknownContextClusterAndUser() {
		assertThatExceptionOfType(ConfigurationException.class)
			.isThrownBy(() -> loader().context("gone").cluster("lost").user("away").build().load())
			.withMessageContaining("The context 'gone' does not exist in the tests")
			.withMessageContaining("The cluster 'lost' does not exist")
			.withMessageContaining("The user 'away' does not exist")
			.withMessageContaining("[it, other]");
	}

	@Test
	void refusesContextWithUnknownClusterOrUser() {
		this.context = "{cluster: lost, user: away}";

		assertRefused("The cluster 'lost' does not exist").withMessageContaining("The user 'away' does not exist");
	}

	@Test
	void refusesContextWithoutCluster() {
		this.context = "{user: u}";

		assertRefused("contexts[it].cluster of the tests is missing");
	}

	@Test
	void allowsContextWithoutUser() {
		this.context = "{cluster: c}";

		assertThat(load().credentials()).isEqualTo(Credentials.none());
	}

	@ParameterizedTest
	@ValueSource(strings = { "Team", "a_b", "-a", "a-", "a.b" })
	void refusesInvalidNamespace(String namespace) {
		this.context = "{cluster: c, user: u, namespace: " + namespace + "}";

		assertRefused("contexts[it].namespace of the tests is '" + namespace + "'");
	}

	@Test
	void readsInlineCertificates() {
		this.cluster = "{server: 'https://api', certificate-authority-data: " + base64("ca.crt") + "}";
		this.user = "{client-certificate-data: " + base64("client-ec.crt") + ", client-key-data: "
				+ base64("client-ec-sec1.key") + "}";

		TlsConfiguration tls = load().tls();

		assertThat(tls.readCertificateAuthorities()).hasSize(1);
		assertThat(tls.readClientIdentity().privateKey().getAlgorithm()).isEqualTo("EC");
	}

	@Test
	void readsCertificateFiles() {
		this.cluster = "{server: 'https://api', certificate-authority: '" + TlsFiles.path("ca.crt") + "'}";
		this.user = identity("client-rsa.crt", "client-rsa-pkcs1.key");

		TlsConfiguration tls = load().tls();

		assertThat(tls.readCertificateAuthorities()).hasSize(1);
		assertThat(tls.readClientIdentity().privateKey().getAlgorithm()).isEqualTo("RSA");
	}

	@Test
	void refusesFileTogetherWithData() {
		this.cluster = "{server: 'https://api', certificate-authority: ca.crt, certificate-authority-data: Y2E=}";
		this.user = "{client-certificate: a, client-certificate-data: YQ==, client-key: b, client-key-data: Yg==}";

		assertRefused("clusters[c].certificate-authority of the tests is set together with certificate-authority-data")
			.withMessageContaining("users[u].client-certificate of the tests is set together with")
			.withMessageContaining("users[u].client-key of the tests is set together with");
	}

	@Test
	void refusesAuthorityTogetherWithInsecure() {
		this.cluster = "{server: 'https://api', insecure-skip-tls-verify: true, certificate-authority: '"
				+ TlsFiles.path("ca.crt") + "'}";

		assertRefused("clusters[c].insecure-skip-tls-verify of the tests is set together with")
			.withMessageContaining("certificate-authority");
	}

	@Test
	void reportsAllProblemsAtOnce() {
		this.context = "{cluster: c, user: u, namespace: Bad}";
		this.cluster = "{server: 'ftp://api', certificate-authority: /missing/ca.crt, proxy-url: 'x://y', "
				+ "disable-compression: no-thanks}";
		this.user = "{client-certificate: /missing/it.crt, client-key-data: '?', token: a, username: b, as-uid: c}";

		assertRefused("clusters[c].server").withMessageContaining("contexts[it].namespace")
			.withMessageContaining("clusters[c].certificate-authority of the tests cannot be read: there is no file")
			.withMessageContaining("clusters[c].proxy-url of the tests is not the URL of a proxy")
			.withMessageContaining("clusters[c].disable-compression of the tests must be true or false")
			.withMessageContaining("users[u].client-key-data of the tests is not valid base64")
			.withMessageContaining("users[u] has more than one way to authenticate: token, username")
			.withMessageContaining("users[u] has as-uid, as-groups or as-user-extra, but not 'as'");
	}

	@Test
	void refusesUnreadableCertificateAndKey() {
		this.user = "{client-certificate: /missing/it.crt, client-key: /missing/it.key}";

		assertRefused("users[u].client-certificate of the tests cannot be read: there is no file /missing/it.crt")
			.withMessageContaining("users[u].client-key of the tests cannot be read: there is no file /missing/it.key");
	}

	@ParameterizedTest
	@ValueSource(strings = { "generate.sh", "client-rsa.key" })
	void refusesAuthorityThatIsNoCertificate(String file) {
		this.cluster = "{server: 'https://api', certificate-authority: '" + TlsFiles.path(file) + "'}";

		assertRefused("clusters[c].certificate-authority of the tests (" + TlsFiles.path(file)
				+ ") is not usable: there is no CERTIFICATE block in it");
	}

	@ParameterizedTest
	@ValueSource(strings = { "client-rsa-encrypted.key", "client-rsa-encrypted-pkcs1.key" })
	void refusesEncryptedKey(String key) {
		this.user = identity("client-rsa.crt", key);

		assertRefused("is encrypted with a pass phrase").withMessageContaining("openssl pkey");
	}

	@Test
	void refusesKeyOfAnotherCertificate() {
		this.user = identity("client-rsa.crt", "client-ed25519.key");

		assertRefused("users[u].client-key of the tests").withMessageContaining("is not the key of");
	}

	@Test
	void refusesCertificateWithoutKeyAndKeyWithoutCertificate() {
		this.user = "{client-certificate: '" + TlsFiles.path("client-ec.crt") + "'}";
		assertRefused("users[u].client-certificate").withMessageContaining("has no key");

		this.user = "{client-key: '" + TlsFiles.path("client-ec.key") + "'}";
		assertRefused("users[u].client-key").withMessageContaining("has no certificate");
	}

	@Test
	void warnsOfExpiredClientCertificate() {
		this.user = identity("client-expired.crt", "client-expired.key");

		try (CapturedLog log = CapturedLog.of(UserSettings.class)) {
			load();

			assertThat(log.warnings()).singleElement()
				.asString()
				.contains("users[u].client-certificate", "expired at 2020-01-02", "Renew it");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "0123", "1e3", "on", "2026-01-01", "1_000" })
	void keepsTokensAsWritten(String token) {
		this.user = "{token: " + token + "}";

		assertThat(load().credentials()).isEqualTo(Credentials.bearerToken(token));
	}

	@Test
	void stripsWhiteSpaceAroundToken() {
		this.user = "{token: \"  abc\\n\"}";

		assertThat(load().credentials()).isEqualTo(Credentials.bearerToken("abc"));
	}

	@Test
	void refusesTokenThatNoHeaderCanHold() {
		this.user = "{token: \"secret-token\\r\\nX-Evil: 1\"}";

		assertRefused("users[u].token of the tests has characters that a token cannot have")
			.withMessageNotContaining("secret-token");
	}

	@Test
	void tokenFileMustBeReadable() {
		this.user = "{tokenFile: /missing/token}";

		assertRefused("users[u].tokenFile of the tests cannot be read: there is no file /missing/token");
	}

	@Test
	void tokenStandsInForUnreadableTokenFile() {
		this.user = "{tokenFile: /missing/token, token: abc}";

		assertThat(load().credentials()).isEqualTo(Credentials.bearerToken("abc"));
	}

	@Test
	void readsBasicAuthentication() {
		this.user = "{username: joe, password: 0123}";

		assertThat(load().credentials()).isEqualTo(Credentials.basic("joe", "0123"));
	}

	@Test
	void readsImpersonation() {
		this.user = "{token: a, as: jane, as-uid: 42, as-groups: [dev, ops], as-user-extra: {scopes: [view, edit]}}";

		assertThat(load().impersonation()).isEqualTo(
				new Impersonation("jane", "42", List.of("dev", "ops"), Map.of("scopes", List.of("view", "edit"))));
	}

	@Test
	void readsProxyAndCompression() {
		this.cluster = "{server: 'https://api', proxy-url: 'http://joe:secret-password@proxy:3128', "
				+ "disable-compression: true}";

		ClientConfiguration configuration = load();

		assertThat(configuration.proxy()).isEqualTo(URI.create("http://joe:secret-password@proxy:3128"));
		assertThat(configuration.compression()).isFalse();
		assertThat(configuration.toString()).doesNotContain("secret-password");
	}

	@Test
	void readsPlugin() {
		this.cluster = "{server: 'https://api', extensions: [{name: other, extension: 1}, "
				+ "{name: client.authentication.k8s.io/exec, extension: {audience: me, level: 3}}]}";
		this.user = """
				{exec: {apiVersion: client.authentication.k8s.io/v1, command: aws, args: [eks, get-token],
				env: [{name: AWS_PROFILE, value: dev}, {name: EMPTY}], interactiveMode: Always,
				provideClusterInfo: true, installHint: Install aws.}}""";

		assertThat(load().credentials()).isEqualTo(Credentials.exec(new ExecPlugin(ExecPlugin.V1, "aws",
				List.of("eks", "get-token"), Map.of("AWS_PROFILE", "dev", "EMPTY", ""),
				ExecPlugin.InteractiveMode.ALWAYS, true, Map.of("audience", "me", "level", 3), "Install aws.")));
	}

	@Test
	void pluginOfVersion1beta1IsInteractiveWhenItCan() {
		this.user = "{exec: {apiVersion: client.authentication.k8s.io/v1beta1, command: aws}}";

		assertThat(load().credentials()).isEqualTo(Credentials.exec(new ExecPlugin(ExecPlugin.V1BETA1, "aws", List.of(),
				Map.of(), ExecPlugin.InteractiveMode.IF_AVAILABLE, false, null, null)));
	}

	@Test
	void clientCertificateMakesPluginSuperfluous() {
		this.user = identity("client-ec.crt", "client-ec.key").replace("}", ", " + PLUGIN.substring(1));

		assertThat(load().credentials()).isEqualTo(Credentials.none());
		assertThat(load().tls().clientCertificate()).isNotNull();
	}

	@Test
	void showsNeitherArgumentsNorVariablesOfPlugin() {
		this.user = "{exec: {apiVersion: client.authentication.k8s.io/v1, command: aws, args: [secret-a], "
				+ "env: [{name: A, value: secret-b}], interactiveMode: Never}}";

		assertThat(load().toString()).contains("credential plugin aws").doesNotContain("secret");
	}

	@Test
	void pluginOfAnotherUserDoesNoHarm() {
		this.user = PLUGIN;

		assertThat(loader().user("second").build().load().credentials())
			.isEqualTo(Credentials.bearerToken("second-token"));
	}

	@Test
	void validatesPlugin() {
		this.user = "{exec: {apiVersion: v7, interactiveMode: Perhaps, env: [{value: a}]}}";

		assertRefused("users[u].exec.command of the tests is missing")
			.withMessageContaining("users[u].exec.apiVersion of the tests is 'v7', which is not supported")
			.withMessageContaining("users[u].exec.interactiveMode of the tests is 'Perhaps'")
			.withMessageContaining("users[u].exec.env[0].name of the tests is missing");
	}

	@Test
	void pluginOfVersion1NeedsInteractiveMode() {
		this.user = "{exec: {apiVersion: client.authentication.k8s.io/v1, command: aws}}";

		assertRefused("users[u].exec.interactiveMode of the tests is missing");
	}

	@Test
	void refusesPluginTogetherWithToken() {
		this.user = "{token: abc, " + PLUGIN.substring(1);

		assertRefused("users[u] has more than one way to authenticate: token, exec");
	}

	@ParameterizedTest
	@CsvSource({ "gcp,gke-gcloud-auth-plugin", "azure,kubelogin", "own,exec plugin" })
	void namesWhatReplacesLegacyProvider(String provider, String remedy) {
		this.user = "{auth-provider: {name: " + provider + "}}";

		assertRefused("users[u].auth-provider of the tests asks for the provider '" + provider + "'")
			.withMessageContaining(remedy);
	}

	@Test
	void readsOpenIdConnectSession() {
		this.user = "{auth-provider: {name: oidc, config: {idp-issuer-url: 'https://login.example.com/realm', "
				+ "client-id: kubernetes, client-secret: secret-s, id-token: secret-i, refresh-token: secret-r, "
				+ "idp-certificate-authority-data: " + base64("ca.crt") + "}}}";

		ClientConfiguration configuration = load();

		OidcSession session = ((Credentials.Oidc) configuration.credentials()).session();
		assertThat(session.issuer()).isEqualTo(URI.create("https://login.example.com/realm"));
		assertThat(session.clientId()).isEqualTo("kubernetes");
		assertThat(session.clientSecret()).isEqualTo("secret-s");
		assertThat(session.idToken()).isEqualTo("secret-i");
		assertThat(session.refreshToken()).isEqualTo("secret-r");
		assertThat(session.tls().readCertificateAuthorities()).hasSize(1);
		assertThat(session.origin()).isNull();
		assertThat(configuration.toString()).contains("login.example.com").doesNotContain("secret");
	}

	@Test
	void namesAllThatIsWrongWithOpenIdConnect() {
		this.user = "{auth-provider: {name: oidc, config: {idp-issuer-url: 'http://login.example.com', "
				+ "idp-certificate-authority-data: '*'}}}";

		assertRefused("users[u].auth-provider.config.idp-issuer-url of the tests is not an https URL")
			.withMessageContaining("users[u].auth-provider.config.client-id of the tests is missing")
			.withMessageContaining(
					"users[u].auth-provider.config.idp-certificate-authority-data of the tests is not valid base64");
	}

	@Test
	void openIdConnectNeedsSettings() {
		this.user = "{auth-provider: {name: oidc}}";

		assertRefused("users[u].auth-provider.config.idp-issuer-url of the tests is missing");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{token: secret-token}", "{username: joe, password: secret-token}",
			"{auth-provider: {name: gcp}}", PLUGIN })
	void doesNotSendCredentialsInTheClearAndSaysSo(String credentials) {
		this.cluster = "{server: 'http://localhost:8001'}";
		this.user = credentials;

		try (CapturedLog log = CapturedLog.of(SelectedContext.class)) {
			assertThat(load().credentials()).isEqualTo(Credentials.none());
			assertThat(log.warnings()).singleElement()
				.asString()
				.contains("users[u]", "http://localhost:8001", "https")
				.doesNotContain("secret-token");
		}
	}

	@Test
	void impersonatesInTheClear() {
		this.cluster = "{server: 'http://localhost:8001'}";
		this.user = "{as: jane}";

		assertThat(load().impersonation()).isEqualTo(Impersonation.of("jane"));
	}

	@Test
	void showsNoSecret() {
		this.user = "{token: secret-token}";
		assertThat(load().toString()).doesNotContain("secret-token").contains("bearer token");

		this.user = "{username: joe, password: secret-password}";
		assertThat(load().toString()).doesNotContain("secret-password").contains("joe");

		assertThat(KubeConfig.parse(kubeconfig(), "the tests").toString()).doesNotContain("secret");
	}

	@Test
	void refusesValuesOfWrongType() {
		this.cluster = "{server: [a], insecure-skip-tls-verify: maybe}";
		this.user = "{token: {a: b}, as-groups: dev}";

		assertRefused("clusters[c].server of the tests must be a text")
			.withMessageContaining("clusters[c].insecure-skip-tls-verify of the tests must be true or false")
			.withMessageContaining("users[u].token of the tests must be a text")
			.withMessageContaining("users[u].as-groups of the tests must be a list");
	}

	private ThrowableAssertAlternative<ConfigurationException> assertRefused(String message) {
		return assertThatExceptionOfType(ConfigurationException.class).isThrownBy(this::load)
			.withMessageContaining(message)
			.satisfies((ex) -> assertThat(ex.action()).isNotBlank());
	}

	private ClientConfiguration load() {
		return loader().build().load();
	}

	private ClientConfigurationLoader.Builder loader() {
		return ClientConfigurationLoader.builder()
			.environment(Map.of())
			.serviceAccountDirectory(Path.of("/missing"))
			.config(KubeConfig.parse(kubeconfig(), "the tests"));
	}

	private String kubeconfig() {
		return """
				current-context: it
				contexts:
				- {name: it, context: %s}
				- {name: other, context: {cluster: c, user: u}}
				clusters:
				- {name: c, cluster: %s}
				- {name: second, cluster: {server: 'https://second'}}
				users:
				- {name: u, user: %s}
				- {name: second, user: {token: second-token}}
				""".formatted(this.context, this.cluster, this.user);
	}

	private static String identity(String certificate, String key) {
		return "{client-certificate: '" + TlsFiles.path(certificate) + "', client-key: '" + TlsFiles.path(key) + "'}";
	}

	private static String base64(String fixture) {
		return new String(Base64.getEncoder().encode(TlsFiles.bytes(fixture)), StandardCharsets.US_ASCII);
	}

}
