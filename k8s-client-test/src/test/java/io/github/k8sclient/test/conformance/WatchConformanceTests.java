package io.github.k8sclient.test.conformance;

import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import org.awaitility.Awaitility;
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

		List<JsonNode> events = watch("resourceVersion=" + start, 3);

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

		assertThat(describe(watch("labelSelector=x", 2))).containsExactlyInAnyOrder("ADDED a", "ADDED b");
		assertThat(describe(watch("labelSelector=x&resourceVersion=0", 2))).containsExactlyInAnyOrder("ADDED a",
				"ADDED b");
	}

	@Test
	void watchSeesChangesWhileItIsOpen() throws IOException {
		String start = create("a", "1").resourceVersion();
		String query = "?watch=true&timeoutSeconds=60&resourceVersion=" + start;
		try (BufferedReader frames = new BufferedReader(
				new InputStreamReader(this.server.open(this.maps + query, null), StandardCharsets.UTF_8))) {
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
		create("one", "1");
		create("two", "2");

		List<JsonNode> ones = watch("labelSelector=x%3D1&resourceVersion=" + start, 3);
		List<JsonNode> twos = watch("labelSelector=x%3D2&resourceVersion=" + start, 4);

		assertThat(describe(ones)).containsExactly("DELETED a", "ADDED a", "ADDED one");
		assertThat(describe(twos)).containsExactly("ADDED a", "MODIFIED a", "DELETED a", "ADDED two");
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

		assertThat(describe(watch("fieldSelector=metadata.name%3Da&resourceVersion=" + start, 1)))
			.containsExactly("MODIFIED a");
	}

	@Test
	void otherNamespacesAreNotSeen() {
		String start = create("a", "1").resourceVersion();
		String other = "/api/v1/namespaces/" + this.server.newNamespace() + "/configmaps";
		this.server.post(other, "{\"metadata\":{\"name\":\"elsewhere\"}}").expect(201);
		create("b", "1");

		assertThat(describe(watch("resourceVersion=" + start, 1))).containsExactly("ADDED b");
	}

	@Test
	void watchFromTheFutureWaits() {
		assertThat(endedWatch("resourceVersion=99999999")).isEmpty();
	}

	@Test
	void watchEndsInTime() {
		assertThat(endedWatch("resourceVersion=" + create("a", "1").resourceVersion())).isEmpty();
	}

	@Test
	void tooOldResourceVersionIsExpired() {
		this.server.restart();
		// the caches of a new API server begin with the present
		List<JsonNode> events = this.server.firstEvents("/api/v1/namespaces?resourceVersion=1", null, 2);

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

		// one comes before the end, if the server gets to it
		List<JsonNode> bookmarks = Awaitility.await("a bookmark")
			.atMost(Duration.ofMinutes(1))
			.until(() -> bookmarksAfterAnUnseenChange(start), (events) -> !events.isEmpty());

		assertThat(bookmarks).allMatch((event) -> event.path("type").asString().equals("BOOKMARK"));
		JsonNode object = bookmarks.get(0).path("object");
		assertThat(object.path("kind").asString()).isEqualTo("ConfigMap");
		assertThat(object.path("apiVersion").asString()).isEqualTo("v1");
		assertThat(version(bookmarks.get(0))).isGreaterThan(Long.parseLong(start));
		assertThat(object.path("metadata").has("name")).isFalse();
	}

	// without a change since it began, a watch has no use for a bookmark
	private List<JsonNode> bookmarksAfterAnUnseenChange(String start) throws IOException {
		String query = "?watch=1&timeoutSeconds=4&allowWatchBookmarks=true&fieldSelector=metadata.name%3Da"
				+ "&resourceVersion=" + start;
		try (BufferedReader frames = new BufferedReader(
				new InputStreamReader(this.server.open(this.maps + query, null), StandardCharsets.UTF_8))) {
			this.server.post(this.maps, "{\"metadata\":{\"generateName\":\"unseen-\"}}").expect(201);
			return frames.lines().map(Answer.MAPPER::readTree).toList();
		}
	}

	@Test
	void bookmarksComeOnlyOnRequest() {
		String start = create("a", "1").resourceVersion();

		assertThat(
				this.server.get(this.maps + "?watch=1&timeoutSeconds=3&resourceVersion=" + start).expect(200).events())
			.isEmpty();
	}

	@Test
	void streamedListEndsWithAMarkedBookmark() {
		this.server.assumeRelease(34, "no streaming lists");
		create("a", "1");
		create("b", "1");

		List<JsonNode> events = watch(
				"sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true&labelSelector=x", 3);

		assertThat(describe(events.subList(0, 2))).containsExactlyInAnyOrder("ADDED a", "ADDED b");
		assertThat(events.get(2).path("type").asString()).isEqualTo("BOOKMARK");
		assertThat(events.get(2).at("/object/metadata/annotations/k8s.io~1initial-events-end").asString())
			.isEqualTo("true");
	}

	@Test
	void protobufFramesHaveTheirLengthBeforeThem() throws IOException {
		String start = create("a", "1").resourceVersion();
		create("b", "1");
		this.server.delete(this.maps + "/a").expect(200);

		try (DataInputStream frames = new DataInputStream(
				this.server.open(this.maps + "?watch=1&timeoutSeconds=60&resourceVersion=" + start,
						"application/vnd.kubernetes.protobuf;stream=watch"))) {
			assertThat(frame(frames)).startsWith("\n\u0005ADDED").contains("k8s\0", "ConfigMap");
			assertThat(frame(frames)).startsWith("\n\u0007DELETED").contains("k8s\0", "ConfigMap");
		}
	}

	private static String frame(DataInputStream frames) throws IOException {
		return new String(frames.readNBytes(frames.readInt()), StandardCharsets.ISO_8859_1);
	}

	@Test
	void streamSaysWhatItIs() {
		for (String type : List.of("application/json", "application/vnd.kubernetes.protobuf;stream=watch")) {
			assertThat(this.server.get(this.maps + "?watch=1&timeoutSeconds=1", type).expect(200).contentType())
				.isEqualTo(type);
		}
	}

	private Answer create(String name, String label) {
		return this.server
			.post(this.maps,
					"{\"metadata\":{\"name\":\"%s\",\"labels\":{\"x\":\"%s\"}},\"data\":{\"k\":\"v\"}}".formatted(name,
							label))
			.expect(201);
	}

	private List<JsonNode> watch(String query, int count) {
		return this.server.firstEvents(this.maps + "?" + query, null, count);
	}

	private List<JsonNode> endedWatch(String query) {
		return this.server.get(this.maps + "?watch=1&timeoutSeconds=1&" + query).expect(200).events();
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
