package io.github.k8sclient.test.conformance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import io.github.k8sclient.client.Clientset;
import io.github.k8sclient.config.ClientConfiguration;
import io.github.k8sclient.rest.RESTClient;
import io.github.k8sclient.rest.WarningHandler;
import io.github.k8sclient.test.ApiServerLauncher;
import io.github.k8sclient.test.EmbeddedApiServer;
import io.github.k8sclient.transport.KubernetesTransport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;

/**
 * A server under test: raw HTTP where bytes matter, our own clients elsewhere.
 */
final class ConformanceServer {

	private static final Duration LIMIT = Duration.ofMinutes(1);

	private static final AtomicInteger NAMESPACES = new AtomicInteger();

	private final String name;

	private final ClientConfiguration configuration;

	private final String token;

	private final Runnable restart;

	private final Runnable shutdown;

	private final SSLContext trust;

	private HttpClient http;

	private KubernetesTransport transport;

	private RESTClient restClient;

	private int minor;

	private ConformanceServer(String name, ClientConfiguration configuration, String token, Runnable restart,
			Runnable shutdown) {
		this.name = name;
		this.configuration = configuration;
		this.token = token;
		this.restart = restart;
		this.shutdown = shutdown;
		this.trust = sslContext(configuration.tls().readCertificateAuthorities());
		this.http = httpClient();
		this.transport = KubernetesTransport.create(configuration);
		this.restClient = RESTClient.create(this.transport);
	}

	/**
	 * Start the server of this JVM.
	 * @param server the server
	 * @return the server under test
	 */
	static ConformanceServer of(EmbeddedApiServer server) {
		server.start();
		return new ConformanceServer("embedded", server.clientConfiguration(), null, server::restart, server::close);
	}

	/**
	 * Start a real server, whose processes end with this JVM.
	 * @param launcher starts it
	 * @return the server under test
	 */
	static ConformanceServer of(ApiServerLauncher launcher) {
		launcher.start();
		return new ConformanceServer("real", launcher.clientConfiguration(), launcher.adminToken(),
				launcher::restartApiServer, launcher::close);
	}

	private HttpClient httpClient() {
		return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).sslContext(this.trust).build();
	}

	RESTClient restClient() {
		return this.restClient;
	}

	RESTClient restClient(WarningHandler warningHandler) {
		return RESTClient.builder(this.transport).warningHandler(warningHandler).build();
	}

	Clientset clientset() {
		return Clientset.create(this.restClient);
	}

	/**
	 * Restart the server. Clients that were made before have to find out, others begin
	 * with connections of their own.
	 */
	void restart() {
		this.restart.run();
		this.http = httpClient();
		this.transport = KubernetesTransport.create(this.configuration);
		this.restClient = RESTClient.create(this.transport);
	}

	/**
	 * End the server.
	 */
	void shutdown() {
		this.shutdown.run();
	}

	boolean isReal() {
		return this.name.equals("real");
	}

	/**
	 * Skip the test if the server is older than a release.
	 * @param minor the release, such as 21 for 1.21
	 * @param difference what the release changed
	 */
	void assumeRelease(int minor, String difference) {
		Assumptions.assumeTrue(isRelease(minor), () -> "before 1." + minor + ": " + difference);
	}

	/**
	 * Whether the server is of a release, or newer.
	 * @param minor the release, such as 21 for 1.21
	 * @return whether it is
	 */
	boolean isRelease(int minor) {
		if (this.minor == 0) {
			this.minor = get("/version").json().path("minor").asInt();
		}
		return this.minor >= minor;
	}

	/**
	 * Make a namespace that no other test uses.
	 * @return its name
	 */
	String newNamespace() {
		String namespace = "conformance-" + NAMESPACES.incrementAndGet();
		Answer answer = post("/api/v1/namespaces", "{\"metadata\":{\"name\":\"%s\"}}".formatted(namespace));
		if (answer.code() != 201) {
			throw new AssertionError(answer);
		}
		return namespace;
	}

	Answer get(String path) {
		return send("GET", path, new byte[0], null, null);
	}

	Answer get(String path, String accept) {
		return send("GET", path, new byte[0], null, accept);
	}

	Answer post(String path, String json) {
		return send("POST", path, json, "application/json", null);
	}

	Answer put(String path, String json) {
		return send("PUT", path, json, "application/json", null);
	}

	Answer patch(String path, String json) {
		return send("PATCH", path, json, "application/merge-patch+json", null);
	}

	Answer delete(String path) {
		return send("DELETE", path, new byte[0], null, null);
	}

	Answer delete(String path, String json) {
		return send("DELETE", path, json, "application/json", null);
	}

	Answer send(String method, String path, String body, String contentType, String accept) {
		return send(method, path, body.getBytes(StandardCharsets.UTF_8), contentType, accept);
	}

	Answer send(String method, String path, byte[] body, String contentType, String accept) {
		HttpResponse<byte[]> response = exchange(request(method, path, body, contentType, accept),
				HttpResponse.BodyHandlers.ofByteArray());
		return new Answer(method + " " + path, response.statusCode(), response.headers().map(), response.body());
	}

	/**
	 * Open a watch and read it as it comes.
	 * @param path the path with the query
	 * @param accept the wanted form, null for any
	 * @return the stream
	 */
	InputStream open(String path, String accept) {
		HttpResponse<InputStream> response = exchange(request("GET", path, new byte[0], null, accept),
				HttpResponse.BodyHandlers.ofInputStream());
		if (response.statusCode() != 200) {
			throw new AssertionError(path + " -> " + response.statusCode());
		}
		return response.body();
	}

	/**
	 * Read the first events of a watch in JSON.
	 * @param path the path with the query, without {@code watch} and its end
	 * @param accept the wanted form, null for any
	 * @param count how many events to read
	 * @return the events
	 */
	List<JsonNode> firstEvents(String path, String accept, int count) {
		String query = path + (path.contains("?") ? "&" : "?") + "watch=1&timeoutSeconds=60";
		try (BufferedReader frames = new BufferedReader(
				new InputStreamReader(open(query, accept), StandardCharsets.UTF_8))) {
			return frames.lines().limit(count).map(Answer.MAPPER::readTree).toList();
		}
		catch (IOException ex) {
			throw new AssertionError(path, ex);
		}
	}

	/**
	 * Send a request. A server whose cache is being filled asks readers to come again,
	 * which takes it some seconds.
	 */
	private <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
		return Awaitility.await(request.toString())
			.pollDelay(Duration.ZERO)
			.pollInSameThread()
			.atMost(LIMIT)
			.until(() -> this.http.send(request, handler),
					(response) -> !request.method().equals("GET") || response.statusCode() != 429);
	}

	private HttpRequest request(String method, String path, byte[] body, String contentType, String accept) {
		HttpRequest.Builder request = HttpRequest.newBuilder(this.configuration.server().resolve(path))
			.timeout(LIMIT)
			.method(method, (body.length > 0) ? HttpRequest.BodyPublishers.ofByteArray(body)
					: HttpRequest.BodyPublishers.noBody());
		if (this.token != null) {
			request.header("Authorization", "Bearer " + this.token);
		}
		if (contentType != null) {
			request.header("Content-Type", contentType);
		}
		if (accept != null) {
			request.header("Accept", accept);
		}
		return request.build();
	}

	private static SSLContext sslContext(List<X509Certificate> trusted) {
		try {
			KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
			store.load(null, null);
			for (X509Certificate certificate : trusted) {
				store.setCertificateEntry(certificate.getSerialNumber().toString(), certificate);
			}
			TrustManagerFactory trustManagers = TrustManagerFactory
				.getInstance(TrustManagerFactory.getDefaultAlgorithm());
			trustManagers.init(store);
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(null, trustManagers.getTrustManagers(), null);
			return context;
		}
		catch (IOException | GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public String toString() {
		return this.name;
	}

}
