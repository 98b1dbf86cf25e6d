package io.github.k8sclient.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.k8sclient.ForbiddenException;
import io.github.k8sclient.KubernetesApiException;
import io.github.k8sclient.api.authentication.v1.TokenRequest;
import io.github.k8sclient.api.core.v1.Namespace;
import io.github.k8sclient.api.core.v1.ServiceAccount;
import io.github.k8sclient.api.rbac.v1.Role;
import io.github.k8sclient.api.rbac.v1.RoleBinding;
import io.github.k8sclient.client.Clientset;
import io.github.k8sclient.config.ClientConfiguration;
import io.github.k8sclient.config.ClientConfigurationLoader;
import io.github.k8sclient.config.Credentials;
import io.github.k8sclient.config.ExecPlugin;
import io.github.k8sclient.config.KubeConfig;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Credentials from files, programs and OpenID Connect providers: on the embedded API
 * server, and on the real one when {@code KUBEBUILDER_ASSETS} is set.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("io.github.k8sclient.test.TestedServer#all")
class CredentialConformanceTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private static final AtomicInteger NAMESPACES = new AtomicInteger();

	@Parameter
	TestedServer server;

	@TempDir
	private Path folder;

	private final List<Clientset> clientsets = new ArrayList<>();

	@AfterEach
	void close() {
		this.clientsets.forEach((clientset) -> clientset.close().block(TIMEOUT));
	}

	private Clientset clientset(ClientConfiguration configuration) {
		Clientset clientset = Clientset.create(configuration);
		this.clientsets.add(clientset);
		return clientset;
	}

	private Clientset administrator() {
		return clientset(this.server.administrator());
	}

	/**
	 * Load a kubeconfig file for the server with another user.
	 */
	private ClientConfiguration load(Path file, Map<String, ?> user) {
		KubeConfig.parse(this.server.kubeconfigs().of("nobody"), "the tests")
			.withUser(this.server.name(), user)
			.write(file);
		return ClientConfigurationLoader.builder().kubeconfig(file).environment(Map.of()).build().load();
	}

	/**
	 * Return who the server takes a client for, which may not read namespaces.
	 */
	private static String user(Clientset clientset) {
		Throwable failure = clientset.coreV1()
			.namespaces()
			.list()
			.then(Mono.<Throwable>empty())
			.onErrorResume(Mono::just)
			.block(TIMEOUT);
		assertThat(failure).isInstanceOf(ForbiddenException.class);
		Matcher user = Pattern.compile("User \"(.*)\" cannot list resource \"namespaces\"")
			.matcher(failure.getMessage());
		assertThat(user.find()).as(failure.getMessage()).isTrue();
		return user.group(1);
	}

	private String newNamespace() {
		String name = "credentials-" + NAMESPACES.incrementAndGet();
		administrator().coreV1()
			.namespaces()
			.create(Namespace.builder().metadata((metadata) -> metadata.name(name)).build())
			.block(TIMEOUT);
		return name;
	}

	private String newToken(String namespace, String serviceAccount) {
		administrator().coreV1()
			.serviceAccounts(namespace)
			.create(ServiceAccount.builder().metadata((metadata) -> metadata.name(serviceAccount)).build())
			.block(TIMEOUT);
		return administrator().coreV1()
			.serviceAccounts(namespace)
			.createToken(serviceAccount, TokenRequest.builder().spec((spec) -> spec.expirationSeconds(3600L)).build())
			.block(TIMEOUT)
			.status()
			.token();
	}

	private Path write(String content) {
		try {
			return Files.writeString(this.folder.resolve("credential"), content);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Test
	void tokenFileOfKubeconfigIsReadAgainWhenItsTokenIsRefused() {
		assertFollows(UnaryOperator.identity(),
				(file) -> load(this.folder.resolve("config"), Map.of("tokenFile", file.toString())));
	}

	@Test
	void pluginOfKubeconfigIsRunAgainWhenItsTokenIsRefused() {
		assertFollows((token) -> execCredential(Map.of("token", token)),
				(file) -> load(this.folder.resolve("config"), Map.of("exec", Map.of("apiVersion", ExecPlugin.V1,
						"command", "cat", "args", List.of(file.toString()), "interactiveMode", "Never"))));
	}

	@Test
	void tokenOfServiceAccountIsReadAgainWhenItIsRefused() {
		assertFollows(UnaryOperator.identity(), this::inCluster);
	}

	/**
	 * Load the configuration as in a pod whose token a file holds.
	 */
	private ClientConfiguration inCluster(Path token) {
		ClientConfiguration administrator = this.server.administrator();
		try {
			Path account = Files.createDirectory(this.folder.resolve("serviceaccount"));
			Files.createSymbolicLink(account.resolve("token"), token);
			Files.write(account.resolve("ca.crt"), administrator.tls().certificateAuthority().read());
			Files.writeString(account.resolve("namespace"), "default");
			URI server = administrator.server();
			return ClientConfigurationLoader.builder()
				.environment(Map.of("KUBERNETES_SERVICE_HOST", server.getHost(), "KUBERNETES_SERVICE_PORT",
						Integer.toString(server.getPort())))
				.serviceAccountDirectory(account)
				.build()
				.load();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Check that a client goes on with the second of two credentials when the first ends.
	 */
	private void assertFollows(UnaryOperator<String> content, Function<Path, ClientConfiguration> configuration) {
		String namespace = newNamespace();
		Path file = write(content.apply(newToken(namespace, "first")));
		Clientset clientset = clientset(configuration.apply(file));
		assertThat(user(clientset)).isEqualTo("system:serviceaccount:" + namespace + ":first");

		write(content.apply(newToken(namespace, "second")));
		administrator().coreV1().serviceAccounts(namespace).delete("first").block(TIMEOUT);

		// the real server remembers for ten seconds that a token is valid
		Awaitility.await()
			.atMost(TIMEOUT)
			.until(() -> user(clientset), ("system:serviceaccount:" + namespace + ":second")::equals);
	}

	private static String execCredential(Map<String, String> status) {
		ObjectNode credential = ModelCodec.MAPPER.createObjectNode()
			.put("kind", "ExecCredential")
			.put("apiVersion", ExecPlugin.V1);
		status.forEach(credential.putObject("status")::put);
		return credential.toString();
	}

	@Test
	void pluginShowsClientCertificate() {
		ClientCertificate certificate = this.server.authority().issue("bob", new String[] { "readers" });
		Path file = write(execCredential(
				Map.of("clientCertificateData", new String(certificate.certificatePem(), StandardCharsets.US_ASCII),
						"clientKeyData", new String(certificate.keyPem(), StandardCharsets.US_ASCII))));
		Credentials plugin = Credentials.exec(ExecPlugin.of("cat", file.toString()));

		assertThat(user(clientset(this.server.by(plugin)))).isEqualTo("bob");
	}

	@Test
	void expiredTokenOfOpenIdConnectIsRenewed() {
		grantAlice();
		OpenIdProvider provider = this.server.provider();
		Path file = this.folder.resolve("config");
		Clientset clientset = clientset(load(file,
				Map.of("auth-provider", Map.of("name", "oidc", "config",
						Map.of("idp-issuer-url", provider.issuer().toString(), "idp-certificate-authority-data",
								encode(provider.certificateAuthority()), "client-id", OpenIdProvider.CLIENT_ID,
								"id-token", provider.token(Duration.ofMinutes(-1)), "refresh-token", "first")))));

		// the real server reads the keys of the provider and roles in the background
		Awaitility.await()
			.atMost(TIMEOUT)
			.ignoreExceptionsInstanceOf(KubernetesApiException.class)
			.untilAsserted(
					() -> assertThat(clientset.coreV1().configMaps("default").list().block(TIMEOUT)).isNotNull());

		assertThat(user(clientset)).isEqualTo(OpenIdProvider.PREFIX + "alice");
		assertThat(provider.renewals()).first()
			.isEqualTo("grant_type=refresh_token&refresh_token=first&client_id=" + OpenIdProvider.CLIENT_ID);
		assertThat(file).content().contains("id-token: " + provider.token(), "refresh-token: next");
	}

	private static String encode(byte[] pem) {
		return Base64.getEncoder().encodeToString(pem);
	}

	private void grantAlice() {
		administrator().rbacV1()
			.roles("default")
			.create(Role.builder()
				.metadata((metadata) -> metadata.name("alice"))
				.addRule((rule) -> rule.addApiGroup("").addResource("configmaps").addVerb("list"))
				.build())
			.block(TIMEOUT);
		administrator().rbacV1()
			.roleBindings("default")
			.create(RoleBinding.builder()
				.metadata((metadata) -> metadata.name("alice"))
				.roleRef((role) -> role.apiGroup("rbac.authorization.k8s.io").kind("Role").name("alice"))
				.addSubject((subject) -> subject.apiGroup("rbac.authorization.k8s.io")
					.kind("User")
					.name(OpenIdProvider.PREFIX + "alice"))
				.build())
			.block(TIMEOUT);
	}

	// 1.19 has removed passwords; that they are sent is tested without a server
	@Test
	void nobodyIsKnownByPassword() {
		Assumptions.assumeTrue(this.server.name().equals("real"), "nobody is anonymous to the embedded API server");

		assertThat(user(clientset(this.server.by(Credentials.basic("admin", "admin"))))).isEqualTo("system:anonymous");
	}

}
