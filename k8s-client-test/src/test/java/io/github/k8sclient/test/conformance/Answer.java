package io.github.k8sclient.test.conformance;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.assertj.core.api.Assertions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a server answered.
 *
 * @param request the request
 * @param code the HTTP status code
 * @param headers the headers
 * @param body the body
 */
record Answer(String request, int code, Map<String, List<String>> headers, byte[] body) {

	static final JsonMapper MAPPER = JsonMapper.builder().build();

	/**
	 * A header.
	 * @param name the name
	 * @return its first value, empty if there is none
	 */
	String header(String name) {
		return String.join("", this.headers.getOrDefault(name, List.of()).stream().limit(1).toList());
	}

	String contentType() {
		return header("content-type");
	}

	List<String> warnings() {
		return this.headers.getOrDefault("warning", List.of());
	}

	JsonNode json() {
		return MAPPER.readTree(this.body);
	}

	String text() {
		return new String(this.body, StandardCharsets.UTF_8);
	}

	JsonNode at(String pointer) {
		return json().at(pointer);
	}

	String resourceVersion() {
		return at("/metadata/resourceVersion").asString();
	}

	List<String> itemNames() {
		return json().path("items").valueStream().map((item) -> item.at("/metadata/name").asString()).toList();
	}

	/**
	 * The frames of a watch in JSON.
	 * @return the events
	 */
	List<JsonNode> events() {
		return text().lines().map(MAPPER::readTree).toList();
	}

	Answer expect(int code) {
		Assertions.assertThat(this.code).as(() -> this + "\n" + text()).isEqualTo(code);
		return this;
	}

	/**
	 * Expect a failure.
	 * @param code the code
	 * @param reason the reason, null for none
	 * @param message the whole message
	 * @return this answer
	 */
	Answer expectFailure(int code, String reason, String message) {
		expectFailure(code, reason);
		Assertions.assertThat(at("/message").asString()).as(this::toString).isEqualTo(message);
		return this;
	}

	Answer expectFailure(int code, String reason) {
		expect(code);
		JsonNode status = json();
		Assertions.assertThat(status.path("kind").asString()).as(this::toString).isEqualTo("Status");
		Assertions.assertThat(status.path("apiVersion").asString()).isEqualTo("v1");
		Assertions.assertThat(status.path("status").asString()).isEqualTo("Failure");
		Assertions.assertThat(status.path("code").asInt()).isEqualTo(code);
		Assertions.assertThat(status.path("reason").asString(null)).as(this::toString).isEqualTo(reason);
		Assertions.assertThat(contentType()).isEqualTo("application/json");
		return this;
	}

	/**
	 * The causes as {@code reason field}, each once: releases before 1.21 repeat them.
	 * @return the causes
	 */
	List<String> causes() {
		return json().at("/details/causes")
			.valueStream()
			.map((cause) -> cause.path("reason").asString() + " " + cause.path("field").asString())
			.distinct()
			.toList();
	}

	@Override
	public String toString() {
		return this.request + " -> " + this.code;
	}

}
