package io.github.k8sclient.test.conformance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;

import com.sun.net.httpserver.HttpServer;
import io.github.k8sclient.ConflictException;
import io.github.k8sclient.KubernetesApiException;
import io.github.k8sclient.NotFoundException;
import io.github.k8sclient.TooManyRequestsException;
import io.github.k8sclient.api.authentication.v1.TokenRequest;
import io.github.k8sclient.api.autoscaling.v1.Scale;
import io.github.k8sclient.api.certificates.v1.CertificateSigningRequest;
import io.github.k8sclient.api.core.v1.Binding;
import io.github.k8sclient.api.core.v1.Endpoints;
import io.github.k8sclient.api.core.v1.Namespace;
import io.github.k8sclient.api.core.v1.Pod;
import io.github.k8sclient.api.core.v1.Service;
import io.github.k8sclient.api.core.v1.ServiceAccount;
import io.github.k8sclient.api.policy.v1.Eviction;
import io.github.k8sclient.api.policy.v1.PodDisruptionBudget;
import io.github.k8sclient.client.CertificateSigningRequestClient;
import io.github.k8sclient.client.Clientset;
import io.github.k8sclient.client.DeploymentClient;
import io.github.k8sclient.client.NamespaceClient;
import io.github.k8sclient.client.Patch;
import io.github.k8sclient.client.PodClient;
import io.github.k8sclient.client.ProxyTarget;
import io.github.k8sclient.client.ResourceClient;
import io.github.k8sclient.client.ServiceClient;
import io.github.k8sclient.client.SubresourceClient;
import io.github.k8sclient.value.Bytes;
import io.github.k8sclient.value.IntOrString;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;

import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;

@ConformanceTest
class SubresourceConformanceTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private static final String CERTIFICATE_REQUEST = """
			-----BEGIN CERTIFICATE REQUEST-----
			MIHJMHECAQAwDzENMAsGA1UEAwwEdGVzdDBZMBMGByqGSM49AgEGCCqGSM49AwEH
			A0IABMayrT+Ub7p7oby9r1EWLaOclEM0xapQv+g2l9+uJTMKR6yCaqahUSqluV3S
			+7q+80RTrU7jPMNMCLBoO2DcsNugADAKBggqhkjOPQQDAgNIADBFAiBE4JGceLkw
			0tDhtW3OAbOCfXdqYowtZNyfKOxKwvcArwIhAK1oQWFPDsmjiWsCdvaaBH2l6nu/
			zJUm43TSD0mlMM9X
			-----END CERTIFICATE REQUEST-----
			""";

	@Parameter
	ConformanceServer server;

	private Clientset clientset;

	private String namespace;

	private PodClient pods;

	@BeforeEach
	void createNamespace() {
		this.namespace = this.server.newNamespace();
		this.clientset = this.server.clientset();
		this.pods = this.clientset.coreV1().pods(this.namespace);
	}

	private Pod createPod() {
		return this.pods.create(TestObjects.pod("p")).block(TIMEOUT);
	}

	private DeploymentClient createDeployment() {
		DeploymentClient deployments = this.clientset.appsV1().deployments(this.namespace);
		deployments.create(TestObjects.deployment("d", 2)).block(TIMEOUT);
		return deployments;
	}

	@Test
	void scaleIsReadAndReplaced() {
		DeploymentClient deployments = createDeployment();

		Scale scale = deployments.getScale("d").block(TIMEOUT);
		assertThat(scale.spec().replicas()).isEqualTo(2);
		assertThat(scale.status().selector()).isEqualTo("a=b");
		Scale updated = deployments.updateScale("d", scale.toBuilder().spec((spec) -> spec.replicas(4)).build())
			.block(TIMEOUT);

		assertThat(updated.spec().replicas()).isEqualTo(4);
		assertThat(deployments.get("d").block(TIMEOUT).spec().replicas()).isEqualTo(4);
		StepVerifier.create(deployments.updateScale("d", scale)).expectError(ConflictException.class).verify(TIMEOUT);
	}

	@Test
	void scaleIsPatched() {
		DeploymentClient deployments = createDeployment();
		SubresourceClient<Scale> scales = deployments.subresource("scale", Scale.CODEC);

		assertThat(
				scales.patch("d", Patch.merge(Map.of("spec", Map.of("replicas", 0)))).block(TIMEOUT).metadata().name())
			.isEqualTo("d");

		assertThat(deployments.get("d").block(TIMEOUT).spec().replicas()).isZero();
		StepVerifier.create(scales.get("x")).expectError(NotFoundException.class).verify(TIMEOUT);
	}

	@Test
	void podIsBoundToANodeOnce() {
		createPod();
		Binding binding = Binding.builder()
			.metadata((metadata) -> metadata.name("p"))
			.target((node) -> node.kind("Node").name("n"))
			.build();

		this.pods.bind(binding).block(TIMEOUT);

		assertThat(this.pods.get("p").block(TIMEOUT).spec().nodeName()).isEqualTo("n");
		StepVerifier.create(this.pods.bind(binding)).expectError(ConflictException.class).verify(TIMEOUT);
	}

	@Test
	void podIsEvicted() {
		this.server.assumeRelease(22, "no evictions of policy/v1");
		createPod();

		this.pods.evict("p").block(TIMEOUT);

		StepVerifier.create(this.pods.get("p")).expectError(NotFoundException.class).verify(TIMEOUT);
		StepVerifier.create(this.pods.evict("p")).expectError(NotFoundException.class).verify(TIMEOUT);
	}

	@Test
	void evictionHasPreconditions() {
		this.server.assumeRelease(22, "no evictions of policy/v1");
		createPod();

		StepVerifier.create(this.pods.evict(Eviction.builder()
			.metadata((metadata) -> metadata.name("p"))
			.deleteOptions((options) -> options.preconditions((preconditions) -> preconditions.uid("other")))
			.build())).expectError(ConflictException.class).verify(TIMEOUT);
	}

	@Test
	void evictionIsRefusedByABudget() {
		this.server.assumeRelease(22, "no evictions of policy/v1");
		Pod pod = createPod();
		this.pods
			.updateStatus(pod.toBuilder()
				.status((status) -> status.phase("Running")
					.addCondition((condition) -> condition.type("Ready").status("True")))
				.build())
			.block(TIMEOUT);
		createBudget();

		StepVerifier.create(this.pods.evict("p")).expectError(TooManyRequestsException.class).verify(TIMEOUT);
	}

	private void createBudget() {
		ResourceClient<PodDisruptionBudget> budgets = this.clientset.policyV1().podDisruptionBudgets(this.namespace);
		PodDisruptionBudget created = budgets
			.create(PodDisruptionBudget.builder()
				.metadata((metadata) -> metadata.name("b"))
				.spec((spec) -> spec.minAvailable(IntOrString.of(1))
					.selector((selector) -> selector.matchLabels(Map.of("a", "b"))))
				.build())
			.block(TIMEOUT);
		// what the controller manager would do. Without, the server asks to come again
		budgets
			.updateStatus(created.toBuilder()
				.status((status) -> status.observedGeneration(created.metadata().generation())
					.disruptionsAllowed(0)
					.currentHealthy(1)
					.desiredHealthy(1)
					.expectedPods(1))
				.build())
			.block(TIMEOUT);
	}

	@Test
	void ephemeralContainersAreAdded() {
		this.server.assumeRelease(25, "no ephemeral containers");
		Pod pod = createPod();

		Pod debugged = this.pods
			.updateEphemeralContainers(pod.toBuilder()
				.spec((spec) -> spec.addEphemeralContainer((container) -> container.name("debug").image("busybox")))
				.build())
			.block(TIMEOUT);

		assertThat(debugged.spec().ephemeralContainers()).extracting((container) -> container.name())
			.containsExactly("debug");
	}

	@Test
	void podIsResized() {
		this.server.assumeRelease(33, "no subresource resize");
		Pod pod = createPod();

		Pod resized = this.pods.updateResize(pod).block(TIMEOUT);

		assertThat(resized.metadata().uid()).isEqualTo(pod.metadata().uid());
	}

	@Test
	void tokenIsMadeForAServiceAccount() {
		this.clientset.coreV1()
			.serviceAccounts(this.namespace)
			.create(ServiceAccount.builder().metadata((metadata) -> metadata.name("a")).build())
			.block(TIMEOUT);

		TokenRequest answered = this.clientset.coreV1()
			.serviceAccounts(this.namespace)
			.createToken("a", TokenRequest.builder().spec((spec) -> spec.expirationSeconds(600L)).build())
			.block(TIMEOUT);

		assertThat(answered.status().token()).matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+");
		assertThat(answered.status().expirationTimestamp()).isNotNull();
		assertThat(answered.toString()).doesNotContain(answered.status().token());
		JsonNode claims = Answer.MAPPER
			.readTree(Base64.getUrlDecoder().decode(answered.status().token().split("\\.")[1]));
		assertThat(claims.path("sub").asString()).isEqualTo("system:serviceaccount:" + this.namespace + ":a");
		assertThat(claims.path("aud").toString()).isEqualTo("[\"api\"]");
		assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isEqualTo(600);
		assertThat(claims.at("/kubernetes.io/serviceaccount/name").asString()).isEqualTo("a");
	}

	@Test
	void tokenIsRefusedToUnknownAccountsAndForTooShortATime() {
		String accounts = "/api/v1/namespaces/" + this.namespace + "/serviceaccounts";
		this.server.post(accounts, "{\"metadata\":{\"name\":\"a\"}}").expect(201);

		this.server.post(accounts + "/none/token", "{}")
			.expectFailure(404, "NotFound", "serviceaccounts \"none\" not found");
		assertThat(this.server.post(accounts + "/a/token", "{\"spec\":{\"expirationSeconds\":5}}")
			.expectFailure(422, "Invalid")
			.causes()).containsExactly("FieldValueInvalid spec.expirationSeconds");
		this.server.get(accounts + "/a/token").expectFailure(405, "MethodNotAllowed");
	}

	@Test
	void certificateSigningRequestIsApproved() {
		CertificateSigningRequestClient requests = this.clientset.certificatesV1().certificateSigningRequests();
		String name = this.namespace;
		CertificateSigningRequest created = requests
			.create(CertificateSigningRequest.builder()
				.metadata((metadata) -> metadata.name(name))
				.spec((spec) -> spec.request(Bytes.of(CERTIFICATE_REQUEST.getBytes(StandardCharsets.US_ASCII)))
					.signerName("example.org/test")
					.addUsage("client auth"))
				.build())
			.block(TIMEOUT);

		CertificateSigningRequest approved = requests
			.updateApproval(created.toBuilder()
				.status((status) -> status.addCondition(
						(condition) -> condition.type("Approved").status("True").reason("Test").message("by a test")))
				.build())
			.block(TIMEOUT);

		assertThat(approved.status().conditions()).extracting((condition) -> condition.type())
			.containsExactly("Approved");
	}

	@Test
	void finalizersOfANamespaceAreReplaced() {
		NamespaceClient namespaces = this.clientset.coreV1().namespaces();
		Namespace namespace = namespaces.get(this.namespace).block(TIMEOUT);
		assertThat(namespace.spec().finalizers()).containsExactly("kubernetes");

		namespaces.updateFinalize(namespace.toBuilder().spec((spec) -> spec.addFinalizer("example.org/mine")).build())
			.block(TIMEOUT);

		assertThat(namespaces.get(this.namespace).block(TIMEOUT).spec().finalizers()).containsExactly("kubernetes",
				"example.org/mine");
	}

	@Test
	void logsOfAPodThatHasNotBegunAreEmpty() {
		createPod();

		StepVerifier.create(this.pods.logLines("x")).expectError(NotFoundException.class).verify(TIMEOUT);
		StepVerifier.create(this.pods.logLines("p")).expectComplete().verify(TIMEOUT);
	}

	@Test
	void requestsThatNobodyAnswersAreRefused() {
		String services = "/api/v1/namespaces/" + this.namespace + "/services";
		this.server.post(services, "{\"metadata\":{\"name\":\"s\"},\"spec\":{\"ports\":[{\"port\":80}]}}").expect(201);
		this.server.post("/api/v1/namespaces/" + this.namespace + "/endpoints", "{\"metadata\":{\"name\":\"s\"}}")
			.expect(201);
		createPod();

		this.server.get(services + "/s/proxy/x")
			.expectFailure(503, "ServiceUnavailable", "no endpoints available for service \"s\"");
		this.server.get(services + "/none:80/proxy/").expectFailure(404, "NotFound", "services \"none\" not found");
		this.server.get(services + "/a:b:c:d/proxy/")
			.expectFailure(400, "BadRequest", "invalid service request \"a:b:c:d\"");
		String pods = "/api/v1/namespaces/" + this.namespace + "/pods";
		this.server.get(pods + "/p/proxy/x").expectFailure(400, "BadRequest", "address not allowed");
		this.server.get(pods + "/none/proxy/x").expectFailure(404, "NotFound", "pods \"none\" not found");
	}

	@Test
	void requestsArePassedOnToServicesAndPods() throws IOException {
		Assumptions.assumeTrue(this.server.isReal(),
				"the embedded server passes nothing on: it answers what a test tells it");
		InetAddress address = addressOfThisMachine();
		Assumptions.assumeTrue(address != null, "no address but that of the loop, which API servers refuse");
		HttpServer backend = startBackend(address);
		try {
			int port = backend.getAddress().getPort();
			createPodAt(address);
			ServiceClient services = createService(address, port);
			ProxyTarget service = ProxyTarget.of("s").withPort("http");

			assertThat(services.proxy(HttpMethod.GET, service, "/items/").param("page", "2").raw().block(TIMEOUT))
				.asString()
				.isEqualTo("GET /items/?page=2 ");
			assertThat(services.proxy(HttpMethod.POST, service, "items")
				.body("new".getBytes(StandardCharsets.UTF_8), "text/plain")
				.raw()
				.block(TIMEOUT)).asString().isEqualTo("POST /items new");
			StepVerifier.create(services.proxy(HttpMethod.GET, service, "teapot").raw())
				.expectErrorSatisfies((ex) -> assertThat(((KubernetesApiException) ex).code()).isEqualTo(418))
				.verify(TIMEOUT);
			assertThat(this.pods.proxy(HttpMethod.GET, ProxyTarget.of("p").withPort(port), "x").raw().block(TIMEOUT))
				.asString()
				.isEqualTo("GET /x ");
		}
		finally {
			backend.stop(0);
		}
	}

	private static HttpServer startBackend(InetAddress address) throws IOException {
		HttpServer backend = HttpServer.create(new InetSocketAddress(address, 0), 0);
		backend.createContext("/", (exchange) -> {
			String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
			byte[] answer = (exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body)
				.getBytes(StandardCharsets.UTF_8);
			boolean teapot = exchange.getRequestURI().getPath().equals("/teapot");
			exchange.sendResponseHeaders(teapot ? 418 : 200, answer.length);
			exchange.getResponseBody().write(answer);
			exchange.close();
		});
		backend.start();
		return backend;
	}

	// API servers pass requests on to the addresses of pods only
	private void createPodAt(InetAddress address) {
		Pod pod = createPod();
		this.pods
			.updateStatus(pod.toBuilder()
				.status((status) -> status.phase("Running")
					.podIP(address.getHostAddress())
					.addPodIP((ip) -> ip.ip(address.getHostAddress())))
				.build())
			.block(TIMEOUT);
	}

	private ServiceClient createService(InetAddress address, int port) {
		ServiceClient services = this.clientset.coreV1().services(this.namespace);
		services
			.create(Service.builder()
				.metadata((metadata) -> metadata.name("s"))
				.spec((spec) -> spec.addPort((servicePort) -> servicePort.name("http").port(80)))
				.build())
			.block(TIMEOUT);
		this.clientset.coreV1()
			.endpoints(this.namespace)
			.create(Endpoints.builder()
				.metadata((metadata) -> metadata.name("s"))
				.addSubset((subset) -> subset
					.addAddress((endpoint) -> endpoint.ip(address.getHostAddress())
						.targetRef((pod) -> pod.kind("Pod").name("p").namespace(this.namespace)))
					.addPort((endpointPort) -> endpointPort.name("http").port(port)))
				.build())
			.block(TIMEOUT);
		return services;
	}

	private static InetAddress addressOfThisMachine() throws SocketException {
		return NetworkInterface.networkInterfaces()
			.flatMap(NetworkInterface::inetAddresses)
			.filter((address) -> !address.isLoopbackAddress() && !address.isLinkLocalAddress()
					&& address.getAddress().length == 4)
			.findFirst()
			.orElse(null);
	}

}
