package io.github.k8sclient.test.conformance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

@ConformanceTest
class WatchConformanceTests {

	@Parameter
	ConformanceServer server;

	private String maps;

	@BeforeEach
	void createNamespace() {
		this.maps = "/api/v1/namespaces/" + this.server.newNamespace() + "/configmaps";
	}

	@Test
	void watchTellsWhatHappenedAfterAResourceVersion() {
		String start = create("a", "1").resourceVersion();
		create("b", "1");
		this.server.patch(this.maps + "/a", "{\"data\":{\"k\":\"w\"}}").expect(200);
		String last = this.server.get(this.maps + "/a").resourceVersion();
		this.server.delete(this.maps + "/b").expect(200);

		List<JsonNode> events = watch("&resourceVersion=" + start);

		assertThat(describe(events)).containsExactly("ADDED b", "MODIFIED a", "DELETED b");
		assertThat(events.get(1).at("/object/metadata/resourceVersion").asString()).isEqualTo(last);
		assertThat(events.get(1).at("/object/kind").asString()).isEqualTo("ConfigMap");
		assertThat(events.get(2).at("/object/metadata").has("deletionTimestamp")).isFalse();
		// a deletion has a resource version of its own
		assertThat(version(events.get(2))).isGreaterThan(version(events.get(1)));
	}

	@Test
	void watchWithoutResourceVersionBeginsWithWhatIsThere() {
		create("a", "1");
		create("b", "1");

		assertThat(describe(watch("&labelSelector=x"))).containsExactlyInAnyOrder("ADDED a", "ADDED b");
		assertThat(describe(watch("&labelSelector=x&resourceVersion=0"))).containsExactlyInAnyOrder("ADDED a",
				"ADDED b");
	}

	@Test
	void watchSeesChangesWhileItIsOpen() throws IOException {
		String start = create("a", "1").resourceVersion();
		try (BufferedReader frames = new BufferedReader(new InputStreamReader(
				this.server.open(this.maps + "?watch=true&resourceVersion=" + start), StandardCharsets.UTF_8))) {
			create("b", "1");
			assertThat(describe(frames.readLine())).isEqualTo("ADDED b");
			this.server.delete(this.maps + "/a").expect(200);
			assertThat(describe(frames.readLine())).isEqualTo("DELETED a");
		}
	}

	@Test
	void objectsThatBeginOrCeaseToMatchAreAddedAndDeleted() {
		String start = create("a", "1").resourceVersion();
		this.server.patch(this.maps + "/a", "{\"metadata\":{\"labels\":{\"x\":\"2\"}}}").expect(200);
		this.server.patch(this.maps + "/a", "{\"data\":{\"k\":\"w\"}}").expect(200);
		Answer back = this.server.patch(this.maps + "/a", "{\"metadata\":{\"labels\":{\"x\":\"1\"}}}").expect(200);

		List<JsonNode> ones = watch("&labelSelector=x%3D1&resourceVersion=" + start);
		List<JsonNode> twos = watch("&labelSelector=x%3D2&resourceVersion=" + start);

		assertThat(describe(ones)).containsExactly("DELETED a", "ADDED a");
		assertThat(describe(twos)).containsExactly("ADDED a", "MODIFIED a", "DELETED a");
		// the state that still matched, with the resource version of the change
		JsonNode gone = twos.get(2).path("object");
		assertThat(gone.at("/metadata/labels/x").asString()).isEqualTo("2");
		assertThat(gone.at("/metadata/resourceVersion").asString()).isEqualTo(back.resourceVersion());
	}

	@Test
	void oneObjectIsWatchedByItsName() {
		String start = create("a", "1").resourceVersion();
		create("b", "1");
		this.server.patch(this.maps + "/a", "{\"data\":{\"k\":\"w\"}}").expect(200);

		assertThat(describe(watch("&fieldSelector=metadata.name%3Da&resourceVersion=" + start)))
			.containsExactly("MODIFIED a");
	}

	@Test
	void otherNamespacesAreNotSeen() {
		String start = create("a", "1").resourceVersion();
		String other = "/api/v1/namespaces/" + this.server.newNamespace() + "/configmaps";
		this.server.post(other, "{\"metadata\":{\"name\":\"elsewhere\"}}").expect(201);
		create("b", "1");

		assertThat(describe(watch("&resourceVersion=" + start))).containsExactly("ADDED b");
	}

	@Test
	void watchFromTheFutureWaits() {
		assertThat(watch("&resourceVersion=99999999")).isEmpty();
	}

	@Test
	void watchEndsInTime() {
		long begin = System.nanoTime();

		watch("&resourceVersion=" + create("a", "1").resourceVersion());

		assertThat(System.nanoTime() - begin).isBetween(900_000_000L, 10_000_000_000L);
	}

	@Test
	void tooOldResourceVersionIsExpired() {
		this.server.restart();
		// the caches of a new API server begin with the present
		List<JsonNode> events = this.server.get("/api/v1/namespaces?watch=1&timeoutSeconds=1&resourceVersion=1")
			.expect(200)
			.events();

		assertThat(events).hasSize(1);
		assertThat(events.get(0).path("type").asString()).isEqualTo("ERROR");
		JsonNode status = events.get(0).path("object");
		assertThat(status.path("kind").asString()).isEqualTo("Status");
		assertThat(status.path("code").asInt()).isEqualTo(410);
		assertThat(status.path("reason").asString()).isEqualTo("Expired");
		assertThat(status.path("message").asString()).matches("too old resource version: 1 \\(\\d+\\)");
	}

	@Test
	void objectsSurviveARestart() {
		Answer created = create("a", "1");

		this.server.restart();

		assertThat(this.server.get(this.maps + "/a").expect(200).json()).isEqualTo(created.json());
	}

	@Test
	void bookmarkHasOnlyAResourceVersion() {
		this.server.assumeRelease(22, "a bookmark comes each minute, and none before the end");
		String start = create("a", "1").resourceVersion();
		List<JsonNode> events = this.server
			.get(this.maps + "?watch=1&timeoutSeconds=4&allowWatchBookmarks=true&resourceVersion=" + start)
			.expect(200)
			.events();

		List<JsonNode> bookmarks = events.stream()
			.filter((event) -> event.path("type").asString().equals("BOOKMARK"))
			.toList();
		assertThat(bookmarks).isNotEmpty();
		JsonNode object = bookmarks.get(0).path("object");
		assertThat(object.path("kind").asString()).isEqualTo("ConfigMap");
		assertThat(object.path("apiVersion").asString()).isEqualTo("v1");
		assertThat(Long.parseLong(object.at("/metadata/resourceVersion").asString()))
			.isGreaterThanOrEqualTo(Long.parseLong(start));
		assertThat(object.path("metadata").has("name")).isFalse();
	}

	@Test
	void bookmarksComeOnlyOnRequest() {
		String start = create("a", "1").resourceVersion();

		List<JsonNode> events = this.server.get(this.maps + "?watch=1&timeoutSeconds=3&resourceVersion=" + start)
			.expect(200)
			.events();

		assertThat(events).isEmpty();
	}

	@Test
	void streamedListEndsWithAMarkedBookmark() {
		this.server.assumeRelease(34, "no streaming lists");
		create("a", "1");
		create("b", "1");

		List<JsonNode> events = watch(
				"&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true&labelSelector=x");

		assertThat(describe(events.subList(0, 2))).containsExactlyInAnyOrder("ADDED a", "ADDED b");
		assertThat(events.get(2).path("type").asString()).isEqualTo("BOOKMARK");
		assertThat(events.get(2).at("/object/metadata/annotations/k8s.io~1initial-events-end").asString())
			.isEqualTo("true");
	}

	@Test
	void protobufFramesHaveTheirLengthBeforeThem() {
		String start = create("a", "1").resourceVersion();
		create("b", "1");
		this.server.delete(this.maps + "/a").expect(200);

		Answer answer = this.server
			.get(this.maps + "?watch=1&timeoutSeconds=1&resourceVersion=" + start,
					"application/vnd.kubernetes.protobuf;stream=watch")
			.expect(200);

		assertThat(answer.contentType()).isEqualTo("application/vnd.kubernetes.protobuf;stream=watch");
		List<String> frames = new ArrayList<>();
		ByteBuffer body = ByteBuffer.wrap(answer.body());
		while (body.hasRemaining()) {
			byte[] frame = new byte[body.getInt()];
			body.get(frame);
			frames.add(new String(frame, StandardCharsets.ISO_8859_1));
		}
		assertThat(frames).hasSize(2);
		assertThat(frames.get(0)).startsWith("\n\u0005ADDED").contains("k8s\0", "ConfigMap");
		assertThat(frames.get(1)).startsWith("\n\u0007DELETED").contains("k8s\0", "ConfigMap");
	}

	private Answer create(String name, String label) {
		return this.server
			.post(this.maps,
					"{\"metadata\":{\"name\":\"%s\",\"labels\":{\"x\":\"%s\"}},\"data\":{\"k\":\"v\"}}".formatted(name,
							label))
			.expect(201);
	}

	private List<JsonNode> watch(String query) {
		Answer answer = this.server.get(this.maps + "?watch=1&timeoutSeconds=1" + query).expect(200);
		assertThat(answer.contentType()).isEqualTo("application/json");
		return answer.events();
	}

	private static List<String> describe(List<JsonNode> events) {
		return events.stream().map(WatchConformanceTests::describe).toList();
	}

	private static String describe(String frame) {
		return describe(Answer.MAPPER.readTree(frame));
	}

	private static String describe(JsonNode event) {
		return event.path("type").asString() + " " + event.at("/object/metadata/name").asString();
	}

	private static long version(JsonNode event) {
		return Long.parseLong(event.at("/object/metadata/resourceVersion").asString());
	}

}
