package io.github.k8sclient.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The history that etcd keeps, through the JSON gateway of its API.
 *
 * @param etcd the URL for clients
 */
record EtcdHistory(URI etcd) {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final HttpClient CLIENT = HttpClient.newHttpClient();

	static EtcdHistory at(URI etcd) {
		return new EtcdHistory(etcd);
	}

	/**
	 * Forget all states but the present one.
	 */
	void compact() {
		// any key will do, each answer tells the revision
		String revision = post("/v3/kv/range", "{\"key\":\"AA==\"}").path("header").path("revision").asString();
		post("/v3/kv/compaction", "{\"revision\":\"" + revision + "\",\"physical\":true}");
	}

	private JsonNode post(String path, String body) {
		HttpRequest request = HttpRequest.newBuilder(this.etcd.resolve(path))
			.timeout(TIMEOUT)
			.POST(HttpRequest.BodyPublishers.ofString(body))
			.build();
		try {
			HttpResponse<String> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
			// nothing has happened since the last compaction
			boolean done = response.body().contains("required revision has been compacted");
			if (response.statusCode() != 200 && !done) {
				throw new IllegalStateException("Etcd answered " + response.statusCode() + ": " + response.body());
			}
			return JsonMapper.shared().readTree(response.body());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while waiting for etcd", ex);
		}
	}

}
