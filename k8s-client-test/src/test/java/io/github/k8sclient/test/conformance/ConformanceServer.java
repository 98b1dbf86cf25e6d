package io.github.k8sclient.test.conformance;

import java.io.IOException;
import java.io.InputStream;
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
import io.github.k8sclient.transport.KubernetesTransport;
import org.junit.jupiter.api.Assumptions;

/**
 * A server under test: raw HTTP where bytes matter, our own clients elsewhere.
 */
final class ConformanceServer {

	private static final AtomicInteger NAMESPACES = new AtomicInteger();

	private final String name;

	private final ClientConfiguration configuration;

	private final String token;

	private final Runnable restart;

	private final HttpClient http;

	private final RESTClient restClient;

	private int minor;

	ConformanceServer(String name, ClientConfiguration configuration, String token, Runnable restart) {
		this.name = name;
		this.configuration = configuration;
		this.token = token;
		this.restart = restart;
		this.http = HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.sslContext(sslContext(configuration.tls().readCertificateAuthorities()))
			.build();
		this.restClient = RESTClient.create(configuration, KubernetesTransport.create(configuration));
	}

	RESTClient restClient() {
		return this.restClient;
	}

	Clientset clientset() {
		return Clientset.create(this.restClient);
	}

	void restart() {
		this.restart.run();
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
		if (this.minor == 0) {
			this.minor = get("/version").json().path("minor").asInt();
		}
		Assumptions.assumeTrue(this.minor >= minor, () -> "before 1." + minor + ": " + difference);
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
		try {
			HttpResponse<byte[]> response = this.http.send(request(method, path, body, contentType, accept),
					HttpResponse.BodyHandlers.ofByteArray());
			return new Answer(method + " " + path, response.statusCode(),
					response.headers().firstValue("Content-Type").orElse(""), response.headers().allValues("Warning"),
					response.body());
		}
		catch (IOException ex) {
			throw new AssertionError(method + " " + path, ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError(ex);
		}
	}

	/**
	 * Open a watch and read it as it comes.
	 * @param path the path with the query
	 * @return the stream
	 */
	InputStream open(String path) {
		try {
			HttpResponse<InputStream> response = this.http.send(request("GET", path, new byte[0], null, null),
					HttpResponse.BodyHandlers.ofInputStream());
			if (response.statusCode() != 200) {
				throw new AssertionError(path + " -> " + response.statusCode());
			}
			return response.body();
		}
		catch (IOException ex) {
			throw new AssertionError(path, ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError(ex);
		}
	}

	private HttpRequest request(String method, String path, byte[] body, String contentType, String accept) {
		HttpRequest.Builder request = HttpRequest.newBuilder(this.configuration.server().resolve(path))
			.timeout(Duration.ofSeconds(30))
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
