package io.github.k8sclient.test;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.k8sclient.ForbiddenException;
import io.github.k8sclient.UnauthorizedException;
import io.github.k8sclient.api.core.v1.Namespace;
import io.github.k8sclient.client.Clientset;
import io.github.k8sclient.config.ClientConfiguration;
import io.github.k8sclient.config.Credentials;
import io.github.k8sclient.config.Impersonation;
import io.github.k8sclient.config.TlsConfiguration;
import io.github.k8sclient.meta.KubernetesList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Users that the real API server knows by their certificates, and users that others act
 * for.
 */
@EnabledIfEnvironmentVariable(named = ApiServerLauncher.ASSETS_VARIABLE, matches = ".+")
class ClientCertificateTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private static final Duration YEAR = Duration.ofDays(365);

	private static ApiServerLauncher server;

	private Clientset clientset;

	@BeforeAll
	static void start() {
		server = ApiServerLauncher.create().start();
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@AfterEach
	void close() {
		this.clientset.close().block(TIMEOUT);
	}

	private Clientset clientset(ClientConfiguration configuration) {
		this.clientset = Clientset.create(configuration);
		return this.clientset;
	}

	private Mono<KubernetesList<Namespace>> namespaces(ClientConfiguration configuration) {
		return clientset(configuration).coreV1().namespaces().list();
	}

	private static ClientConfiguration identified(ClientAuthority authority, KeyPair keys, Duration validity) {
		ClientConfiguration administrator = server.clientConfiguration();
		TlsConfiguration tls = authority.identify(administrator.tls(), keys, validity, "alice", "system:masters");
		return administrator.toBuilder().tls(tls).credentials(Credentials.none()).build();
	}

	private static KeyPair keys(String algorithm) throws GeneralSecurityException {
		return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
	}

	@ParameterizedTest
	@ValueSource(strings = { "RSA", "EC", "Ed25519" })
	void certificatesOfEachKindAreAccepted(String algorithm) throws GeneralSecurityException {
		assertThat(namespaces(identified(server.clientAuthority(), keys(algorithm), YEAR)).block(TIMEOUT).items())
			.isNotEmpty();
	}

	@Test
	void certificateNamesUserAndGroups() {
		assertThat(
				namespaces(server.clientConfigurationByCertificate("bob", "readers", "system:masters")).block(TIMEOUT)
					.items())
			.isNotEmpty();
		close();

		StepVerifier.create(namespaces(server.clientConfigurationByCertificate("bob", "readers")))
			.expectErrorSatisfies((failure) -> assertThat(failure).isInstanceOf(ForbiddenException.class)
				.hasMessageContaining("User \"bob\" cannot list resource \"namespaces\""))
			.verify(TIMEOUT);
	}

	@Test
	void expiredCertificateIsUnauthorized() throws GeneralSecurityException {
		StepVerifier.create(namespaces(identified(server.clientAuthority(), keys("EC"), Duration.ofHours(1))))
			.expectError(UnauthorizedException.class)
			.verify(TIMEOUT);
	}

	@Test
	void certificateOfAnotherAuthorityIsUnauthorized() throws GeneralSecurityException {
		StepVerifier.create(namespaces(identified(ClientAuthority.create(), keys("EC"), YEAR)))
			.expectError(UnauthorizedException.class)
			.verify(TIMEOUT);
	}

	@Test
	void tokenAndCertificateAreNotMixedUp() throws GeneralSecurityException {
		ClientConfiguration expired = identified(server.clientAuthority(), keys("EC"), Duration.ofHours(1));

		assertThat(namespaces(expired.toBuilder().credentials(new Credentials.BearerToken(server.adminToken())).build())
			.block(TIMEOUT)
			.items()).isNotEmpty();
	}

	@Test
	void administratorActsForAnother() {
		Impersonation carol = Impersonation.of("carol");
		StepVerifier.create(namespaces(server.clientConfiguration().toBuilder().impersonation(carol).build()))
			.expectErrorSatisfies((failure) -> assertThat(failure).isInstanceOf(ForbiddenException.class)
				.hasMessageContaining("User \"carol\" cannot list resource \"namespaces\""))
			.verify(TIMEOUT);
		close();

		Impersonation master = new Impersonation("carol", null, List.of("system:masters"), Map.of());
		assertThat(namespaces(server.clientConfiguration().toBuilder().impersonation(master).build()).block(TIMEOUT)
			.items()).isNotEmpty();
	}

	@Test
	void whoMayNotActForOthersIsRefused() {
		StepVerifier
			.create(namespaces(
					server.powerlessClientConfiguration().toBuilder().impersonation(Impersonation.of("carol")).build()))
			.expectErrorSatisfies((failure) -> assertThat(failure).isInstanceOf(ForbiddenException.class)
				.hasMessageContaining("User \"powerless\" cannot impersonate"))
			.verify(TIMEOUT);
	}

}
