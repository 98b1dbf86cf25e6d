package io.github.k8sclient.test;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.github.k8sclient.ConflictException;
import io.github.k8sclient.ForbiddenException;
import io.github.k8sclient.KubernetesApiException;
import io.github.k8sclient.UnauthorizedException;
import io.github.k8sclient.api.authentication.v1.SelfSubjectReview;
import io.github.k8sclient.api.authentication.v1.TokenRequest;
import io.github.k8sclient.api.authentication.v1.TokenRequestSpec;
import io.github.k8sclient.api.authentication.v1.TokenReview;
import io.github.k8sclient.api.authentication.v1.TokenReviewStatus;
import io.github.k8sclient.api.authentication.v1.UserInfo;
import io.github.k8sclient.api.authorization.v1.SelfSubjectAccessReview;
import io.github.k8sclient.api.authorization.v1.SubjectAccessReview;
import io.github.k8sclient.api.core.v1.Namespace;
import io.github.k8sclient.api.core.v1.Pod;
import io.github.k8sclient.api.core.v1.Secret;
import io.github.k8sclient.api.core.v1.ServiceAccount;
import io.github.k8sclient.client.Clientset;
import io.github.k8sclient.config.ClientConfiguration;
import io.github.k8sclient.config.ClientConfigurationLoader;
import io.github.k8sclient.config.Credentials;
import io.github.k8sclient.config.Impersonation;
import io.github.k8sclient.config.KubeConfig;
import io.github.k8sclient.discovery.DiscoveryClient;
import io.github.k8sclient.meta.DeleteOptions;
import io.github.k8sclient.meta.KubernetesList;
import io.github.k8sclient.rest.RESTClient;
import io.github.k8sclient.transport.KubernetesTransport;
import org.assertj.core.api.AbstractIntegerAssert;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Users that a server knows by their certificates and by tokens of service accounts, and
 * users that others act for: on the embedded API server, and on the real one when
 * {@code KUBEBUILDER_ASSETS} is set.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("io.github.k8sclient.test.TestedServer#all")
class AuthenticationConformanceTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private static final Duration YEAR = Duration.ofDays(365);

	private static final AtomicInteger NAMESPACES = new AtomicInteger();

	@Parameter
	TestedServer server;

	private final List<KubernetesTransport> transports = new ArrayList<>();

	@AfterEach
	void close() {
		this.transports.forEach((transport) -> transport.close().block(TIMEOUT));
	}

	private Clientset clientset(ClientConfiguration configuration) {
		return Clientset.create(restClient(configuration));
	}

	private RESTClient restClient(ClientConfiguration configuration) {
		KubernetesTransport transport = KubernetesTransport.create(configuration);
		this.transports.add(transport);
		return RESTClient.create(transport);
	}

	private Clientset administrator() {
		return clientset(this.server.administrator());
	}

	private Mono<KubernetesList<Namespace>> namespaces(ClientConfiguration configuration) {
		return clientset(configuration).coreV1().namespaces().list();
	}

	private void assertIsForbidden(ClientConfiguration configuration, String user) {
		StepVerifier.create(namespaces(configuration))
			.expectErrorSatisfies((failure) -> assertThat(failure).isInstanceOf(ForbiddenException.class)
				.hasMessageContaining("User \"" + user + "\" cannot list resource \"namespaces\""))
			.verify(TIMEOUT);
	}

	private void assertIsUnauthorized(ClientConfiguration configuration) {
		StepVerifier.create(namespaces(configuration)).expectError(UnauthorizedException.class).verify(TIMEOUT);
	}

	private UserInfo whoIs(ClientConfiguration configuration) {
		String minor = DiscoveryClient.create(restClient(configuration)).serverVersion().block(TIMEOUT).minor();
		Assumptions.assumeTrue(Integer.parseInt(minor) >= 28, "before 1.28: no selfsubjectreviews");
		return clientset(configuration).authenticationV1()
			.selfSubjectReviews()
			.create(SelfSubjectReview.builder().build())
			.block(TIMEOUT)
			.status()
			.userInfo();
	}

	private ClientConfiguration identified(ClientAuthority authority, KeyPair keys, Duration validity) {
		ClientConfiguration administrator = this.server.administrator();
		ClientCertificate certificate = authority.issue(keys, validity, "alice", "system:masters");
		return administrator.toBuilder()
			.tls(certificate.identify(administrator.tls()))
			.credentials(Credentials.none())
			.build();
	}

	private static KeyPair keys(String algorithm) throws GeneralSecurityException {
		return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
	}

	private String newNamespace() {
		String name = "authentication-" + NAMESPACES.incrementAndGet();
		administrator().coreV1()
			.namespaces()
			.create(Namespace.builder().metadata((metadata) -> metadata.name(name)).build())
			.block(TIMEOUT);
		return name;
	}

	private ServiceAccount newServiceAccount(String namespace, String name) {
		return administrator().coreV1()
			.serviceAccounts(namespace)
			.create(ServiceAccount.builder().metadata((metadata) -> metadata.name(name)).build())
			.block(TIMEOUT);
	}

	private Pod newPod(String namespace, String serviceAccount) {
		return administrator().coreV1()
			.pods(namespace)
			.create(Pod.builder()
				.metadata((metadata) -> metadata.name("web"))
				.spec((spec) -> spec.serviceAccountName(serviceAccount)
					.addContainer((container) -> container.name("web").image("nginx")))
				.build())
			.block(TIMEOUT);
	}

	private Mono<TokenRequest> requestToken(String namespace, Consumer<TokenRequestSpec.Builder> spec) {
		return administrator().coreV1()
			.serviceAccounts(namespace)
			.createToken("robot", TokenRequest.builder().spec(spec).build());
	}

	private String newToken(String namespace, Consumer<TokenRequestSpec.Builder> spec) {
		return requestToken(namespace, spec).block(TIMEOUT).status().token();
	}

	@ParameterizedTest
	@ValueSource(strings = { "RSA", "EC", "Ed25519" })
	void certificatesOfEachKindAreAccepted(String algorithm) throws GeneralSecurityException {
		assertThat(namespaces(identified(this.server.authority(), keys(algorithm), YEAR)).block(TIMEOUT).items())
			.isNotEmpty();
	}

	@Test
	void certificateNamesUserAndGroups() {
		assertThat(namespaces(this.server.byCertificate("bob", "readers", "system:masters")).block(TIMEOUT).items())
			.isNotEmpty();

		assertIsForbidden(this.server.byCertificate("bob", "readers"), "bob");
		assertIsForbidden(this.server.byCertificate("bob, the \"builder\"", "system:masters=false"),
				"bob, the \\\"builder\\\"");
	}

	@Test
	void kubeconfigMayHoldTheCertificate() {
		String kubeconfig = this.server.kubeconfigs().of("bob", "system:masters");
		ClientConfiguration configuration = ClientConfigurationLoader.builder()
			.config(KubeConfig.parse(kubeconfig, "test"))
			.environment(Map.of())
			.build()
			.load();

		assertThat(namespaces(configuration).block(TIMEOUT).items()).isNotEmpty();
	}

	@Test
	void userOfACertificateIsShown() {
		UserInfo bob = whoIs(this.server.byCertificate("bob", "readers", "writers"));

		assertThat(bob.username()).isEqualTo("bob");
		assertThat(bob.groups()).containsExactly("readers", "writers", "system:authenticated");
		assertThat(bob.uid()).isNull();
		assertThat(bob.extra()).containsOnlyKeys("authentication.kubernetes.io/credential-id");
		assertThat(bob.extra().get("authentication.kubernetes.io/credential-id")).singleElement()
			.asString()
			.matches("X509SHA256=[0-9a-f]{64}");
	}

	@Test
	void expiredCertificateIsUnauthorized() throws GeneralSecurityException {
		assertIsUnauthorized(identified(this.server.authority(), keys("EC"), Duration.ofHours(1)));
	}

	@Test
	void certificateOfAnotherAuthorityIsUnauthorized() throws GeneralSecurityException {
		assertIsUnauthorized(identified(ClientAuthority.create(Clock.systemUTC()), keys("EC"), YEAR));
	}

	@Test
	void tokenAndCertificateAreNotMixedUp() throws GeneralSecurityException {
		ClientConfiguration expired = identified(this.server.authority(), keys("EC"), Duration.ofHours(1));
		ClientConfiguration valid = this.server.byCertificate("bob");
		Credentials token = this.server.administrator().credentials();

		assertThat(namespaces(expired.toBuilder().credentials(token).build()).block(TIMEOUT).items()).isNotEmpty();
		// the certificate comes first
		assertIsForbidden(valid.toBuilder().credentials(token).build(), "bob");
	}

	@Test
	void administratorActsForAnother() {
		ClientConfiguration administrator = this.server.administrator();

		assertIsForbidden(administrator.toBuilder().impersonation(Impersonation.of("carol")).build(), "carol");

		Impersonation master = new Impersonation("carol", null, List.of("system:masters"), Map.of());
		assertThat(namespaces(administrator.toBuilder().impersonation(master).build()).block(TIMEOUT).items())
			.isNotEmpty();
	}

	@Test
	void userThatAnotherActsForIsShown() {
		Impersonation carol = new Impersonation("carol", "1234", List.of("readers"),
				Map.of("example.org/scopes", List.of("view", "edit")));
		Impersonation robot = Impersonation.of("system:serviceaccount:default:robot");

		UserInfo shown = whoIs(this.server.administrator().toBuilder().impersonation(carol).build());
		UserInfo account = whoIs(this.server.administrator().toBuilder().impersonation(robot).build());

		assertThat(shown.username()).isEqualTo("carol");
		assertThat(shown.uid()).isEqualTo("1234");
		assertThat(shown.groups()).containsExactly("readers", "system:authenticated");
		assertThat(shown.extra()).isEqualTo(Map.of("example.org/scopes", List.of("view", "edit")));
		assertThat(account.groups()).containsExactly("system:serviceaccounts", "system:serviceaccounts:default",
				"system:authenticated");
	}

	@Test
	void whoMayNotActForOthersIsRefused() {
		ClientConfiguration powerless = this.server.powerless();

		StepVerifier.create(namespaces(powerless.toBuilder().impersonation(Impersonation.of("carol")).build()))
			.expectErrorSatisfies((failure) -> assertThat(failure).isInstanceOf(ForbiddenException.class)
				// from 1.36 on the verb says more
				.hasMessageContaining("User \"powerless\" cannot impersonate"))
			.verify(TIMEOUT);
		StepVerifier.create(namespaces(
				powerless.toBuilder().impersonation(Impersonation.of("system:serviceaccount:default:robot")).build()))
			.expectErrorSatisfies((failure) -> assertThat(failure).isInstanceOf(ForbiddenException.class)
				.hasMessageContaining("User \"powerless\" cannot impersonate"))
			.verify(TIMEOUT);
	}

	@Test
	void tokenNamesTheServiceAccount() {
		String namespace = newNamespace();
		newServiceAccount(namespace, "robot");

		assertIsForbidden(this.server.byToken(newToken(namespace, (spec) -> spec.expirationSeconds(600L))),
				"system:serviceaccount:" + namespace + ":robot");
	}

	@Test
	void serviceAccountOfATokenIsShown() {
		String namespace = newNamespace();
		ServiceAccount account = newServiceAccount(namespace, "robot");

		UserInfo robot = whoIs(this.server.byToken(newToken(namespace, (spec) -> spec.expirationSeconds(600L))));

		assertThat(robot.username()).isEqualTo("system:serviceaccount:" + namespace + ":robot");
		assertThat(robot.uid()).isEqualTo(account.metadata().uid());
		assertThat(robot.groups()).containsExactly("system:serviceaccounts", "system:serviceaccounts:" + namespace,
				"system:authenticated");
		assertThat(robot.extra().get("authentication.kubernetes.io/credential-id")).singleElement()
			.asString()
			.matches("JTI=[0-9a-f-]{36}");
	}

	@Test
	void tokenThatWasChangedIsUnauthorized() {
		String namespace = newNamespace();
		newServiceAccount(namespace, "robot");
		String token = newToken(namespace, (spec) -> spec.expirationSeconds(600L));
		String other = newToken(namespace, (spec) -> spec.expirationSeconds(700L));

		assertIsUnauthorized(this.server
			.byToken(token.substring(0, token.lastIndexOf('.')) + other.substring(other.lastIndexOf('.'))));
	}

	@Test
	void tokenForAnotherAudienceIsUnauthorized() {
		String namespace = newNamespace();
		newServiceAccount(namespace, "robot");

		assertIsUnauthorized(this.server.byToken(newToken(namespace, (spec) -> spec.addAudience("vault"))));
	}

	@Test
	void tokenEndsWithItsServiceAccount() {
		String namespace = newNamespace();
		newServiceAccount(namespace, "robot");
		ClientConfiguration robot = this.server.byToken(newToken(namespace, (spec) -> spec.expirationSeconds(600L)));
		administrator().coreV1().serviceAccounts(namespace).delete("robot").block(TIMEOUT);
		newServiceAccount(namespace, "robot");

		awaitUnauthorized(robot);
	}

	@Test
	void boundTokenEndsWithItsPod() {
		String namespace = newNamespace();
		newServiceAccount(namespace, "robot");
		Pod pod = newPod(namespace, "robot");
		ClientConfiguration robot = this.server.byToken(newToken(namespace, (spec) -> spec
			.boundObjectRef((bound) -> bound.apiVersion("v1").kind("Pod").name("web").uid(pod.metadata().uid()))));
		assertIsForbidden(robot, "system:serviceaccount:" + namespace + ":robot");

		administrator().coreV1()
			.pods(namespace)
			.delete("web", DeleteOptions.builder().gracePeriodSeconds(0L).build())
			.block(TIMEOUT);

		awaitUnauthorized(robot);
	}

	@Test
	void podOfABoundTokenIsShown() {
		String namespace = newNamespace();
		newServiceAccount(namespace, "robot");
		Pod pod = newPod(namespace, "robot");

		UserInfo robot = whoIs(this.server.byToken(newToken(namespace,
				(spec) -> spec.boundObjectRef((bound) -> bound.apiVersion("v1").kind("Pod").name("web")))));

		assertThat(robot.extra()).containsEntry("authentication.kubernetes.io/pod-name", List.of("web"))
			.containsEntry("authentication.kubernetes.io/pod-uid", List.of(pod.metadata().uid()));
	}

	@Test
	void boundTokenEndsWithItsSecret() {
		String namespace = newNamespace();
		newServiceAccount(namespace, "robot");
		administrator().coreV1()
			.secrets(namespace)
			.create(Secret.builder().metadata((metadata) -> metadata.name("key")).build())
			.block(TIMEOUT);
		ClientConfiguration robot = this.server.byToken(newToken(namespace,
				(spec) -> spec.boundObjectRef((bound) -> bound.apiVersion("v1").kind("Secret").name("key"))));
		assertIsForbidden(robot, "system:serviceaccount:" + namespace + ":robot");

		administrator().coreV1().secrets(namespace).delete("key").block(TIMEOUT);

		awaitUnauthorized(robot);
	}

	// the real server remembers for ten seconds that a token is valid
	private void awaitUnauthorized(ClientConfiguration configuration) {
		Clientset clientset = clientset(configuration);
		Awaitility.await()
			.atMost(TIMEOUT)
			.untilAsserted(() -> StepVerifier.create(clientset.coreV1().namespaces().list())
				.expectError(UnauthorizedException.class)
				.verify(TIMEOUT));
	}

	@Test
	void tokenIsNotBoundToTheWrongObject() {
		String namespace = newNamespace();
		newServiceAccount(namespace, "robot");
		newServiceAccount(namespace, "other");
		newPod(namespace, "other");
		administrator().coreV1()
			.secrets(namespace)
			.create(Secret.builder().metadata((metadata) -> metadata.name("key")).build())
			.block(TIMEOUT);

		assertThatRefused(requestToken(namespace,
				(spec) -> spec.boundObjectRef((bound) -> bound.apiVersion("v1").kind("Pod").name("web"))))
			.isEqualTo(400);
		assertThatRefused(requestToken(namespace,
				(spec) -> spec.boundObjectRef((bound) -> bound.apiVersion("v1").kind("Pod").name("none"))))
			.isEqualTo(404);
		assertThatRefused(requestToken(namespace,
				(spec) -> spec.boundObjectRef((bound) -> bound.apiVersion("v1").kind("ConfigMap").name("web"))))
			.isEqualTo(400);
		StepVerifier
			.create(requestToken(namespace,
					(spec) -> spec
						.boundObjectRef((bound) -> bound.apiVersion("v1").kind("Secret").name("key").uid("1234"))))
			.expectErrorSatisfies((failure) -> assertThat(failure).isInstanceOf(ConflictException.class)
				.hasMessageContaining("the UID in the bound object reference (1234) does not match the UID in record"))
			.verify(TIMEOUT);
	}

	private static AbstractIntegerAssert<?> assertThatRefused(Mono<?> request) {
		Throwable failure = request.then(Mono.<Throwable>empty()).onErrorResume(Mono::just).block(TIMEOUT);
		assertThat(failure).isInstanceOf(KubernetesApiException.class);
		return assertThat(((KubernetesApiException) failure).status().code());
	}

	@Test
	void tokenIsReviewed() {
		String namespace = newNamespace();
		newServiceAccount(namespace, "robot");
		String token = newToken(namespace, (spec) -> spec.addAudience("vault").addAudience("api"));

		TokenReviewStatus here = review(token, List.of());
		TokenReviewStatus elsewhere = review(token, List.of("vault", "consul"));

		assertThat(here.authenticated()).isTrue();
		assertThat(here.user().username()).isEqualTo("system:serviceaccount:" + namespace + ":robot");
		assertThat(here.audiences()).containsExactly("api");
		assertThat(elsewhere.authenticated()).isTrue();
		assertThat(elsewhere.audiences()).containsExactly("vault");
		assertThat(review(token, List.of("consul")).authenticated()).isNotEqualTo(true);
		assertThat(review("unknown", List.of()).authenticated()).isNotEqualTo(true);
	}

	private TokenReviewStatus review(String token, List<String> audiences) {
		return administrator().authenticationV1()
			.tokenReviews()
			.create(TokenReview.builder().spec((spec) -> spec.token(token).audiences(audiences)).build())
			.block(TIMEOUT)
			.status();
	}

	@Test
	void rightsAreReviewed() {
		assertThat(mayListPods("dave", "system:masters")).isTrue();
		assertThat(mayListPods("dave", "readers")).isFalse();
		assertThat(clientset(this.server.powerless()).authorizationV1()
			.selfSubjectAccessReviews()
			.create(SelfSubjectAccessReview.builder()
				.spec((spec) -> spec.resourceAttributes((pods) -> pods.verb("list").resource("pods")))
				.build())
			.block(TIMEOUT)
			.status()
			.allowed()).isFalse();
	}

	private boolean mayListPods(String user, String group) {
		return administrator().authorizationV1()
			.subjectAccessReviews()
			.create(SubjectAccessReview.builder()
				.spec((spec) -> spec.user(user)
					.addGroup(group)
					.resourceAttributes((pods) -> pods.verb("list").resource("pods")))
				.build())
			.block(TIMEOUT)
			.status()
			.allowed();
	}

}
