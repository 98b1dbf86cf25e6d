package io.github.k8sclient.rest;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

import io.github.k8sclient.config.ClientConfiguration;
import io.github.k8sclient.config.ContentTypePreference;
import io.github.k8sclient.transport.KubernetesTransport;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.Buffer;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A server that answers with what a test has queued, and a client of it.
 */
public final class ScriptedApiServer implements BeforeEachCallback, AfterEachCallback {

	private MockWebServer server = new MockWebServer();

	private KubernetesTransport transport;

	@Override
	public void beforeEach(ExtensionContext context) throws IOException {
		this.server = new MockWebServer();
		this.server.start();
		this.transport = KubernetesTransport.create(configuration());
	}

	@Override
	public void afterEach(ExtensionContext context) {
		this.transport.close().block();
		this.server.close();
	}

	/** Return the configuration of clients that prefer JSON. */
	public ClientConfiguration configuration() {
		return ClientConfiguration.builder()
			.server(URI.create(this.server.url("/").toString()))
			.contentType(ContentTypePreference.JSON)
			.build();
	}

	/** Return a client that prefers JSON. */
	public RESTClient client() {
		return client(ContentTypePreference.JSON, UnaryOperator.identity());
	}

	public RESTClient client(ContentTypePreference contentType) {
		return client(contentType, UnaryOperator.identity());
	}

	public RESTClient client(ContentTypePreference contentType, UnaryOperator<RESTClient.Builder> customizer) {
		return client((configuration) -> configuration.contentType(contentType), customizer);
	}

	public RESTClient client(UnaryOperator<ClientConfiguration.Builder> configuration,
			UnaryOperator<RESTClient.Builder> customizer) {
		ClientConfiguration changed = configuration.apply(configuration().toBuilder()).build();
		return customizer.apply(new DefaultRESTClientBuilder(changed, this.transport)).build();
	}

	public MockWebServer server() {
		return this.server;
	}

	public void answer(MockResponse.Builder response) {
		this.server.enqueue(response.build());
	}

	public void answer(int code, String json) {
		answer(response(code).body(json));
	}

	public void answer(int code, String contentType, byte[] body) {
		answer(new MockResponse.Builder().code(code)
			.setHeader("Content-Type", contentType)
			.body(new Buffer().write(body)));
	}

	public static MockResponse.Builder response(int code) {
		return new MockResponse.Builder().code(code).setHeader("Content-Type", "application/json");
	}

	/** Return the next request that the server has got. */
	public RecordedRequest request() {
		try {
			RecordedRequest request = this.server.takeRequest(10, TimeUnit.SECONDS);
			Assertions.assertThat(request).as("a request").isNotNull();
			return request;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Return verb and target of the next request. */
	public String requestLine() {
		RecordedRequest request = request();
		return request.getMethod() + " " + request.getTarget();
	}

}
