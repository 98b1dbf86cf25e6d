package io.github.k8sclient.test;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PodLogTests {

	private static final String LOG = "/api/v1/namespaces/default/pods/p/log";

	private final EmbeddedApiServer server = EmbeddedApiServer.create();

	private final HttpClient client = HttpClient.newHttpClient();

	@BeforeEach
	void createPod() throws Exception {
		this.server.start();
		create("p", "{\"name\":\"c\",\"image\":\"i\"}");
	}

	@AfterEach
	void close() {
		this.server.close();
	}

	@Test
	void logIsEmptyAtFirst() throws Exception {
		assertThat(get(LOG).body()).isEmpty();
		assertThat(get(LOG).headers().firstValue("Content-Type")).contains("text/plain");
	}

	@Test
	void logHasWhatTheTestWrote() throws Exception {
		this.server.log("default", "p", "c").writeLine("one").writeLine("two").writeLine("three");

		assertThat(get(LOG).body()).isEqualTo("one\ntwo\nthree\n");
		assertThat(get(LOG + "?tailLines=2").body()).isEqualTo("two\nthree\n");
		assertThat(get(LOG + "?limitBytes=6").body()).isEqualTo("one\ntw");
		assertThat(get(LOG + "?container=c").body()).startsWith("one");
	}

	@Test
	void followerGetsLinesAsTheyComeAndTheEnd() throws Exception {
		PodLog log = this.server.log("default", "p", "c").writeLine("old").writeLine("one");
		HttpRequest request = HttpRequest.newBuilder(this.server.url().resolve(LOG + "?follow=true&tailLines=1"))
			.build();

		HttpResponse<InputStream> answer = this.client.send(request, HttpResponse.BodyHandlers.ofInputStream());
		try (BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
			assertThat(lines.readLine()).isEqualTo("one");
			log.writeLine("two");
			assertThat(lines.readLine()).isEqualTo("two");
			log.end();
			assertThat(lines.readLine()).isNull();
		}
	}

	@Test
	void containerMustBeNamedAmongSeveral() throws Exception {
		create("q", "{\"name\":\"a\",\"image\":\"i\"},{\"name\":\"b\",\"image\":\"i\"}");

		assertThat(get("/api/v1/namespaces/default/pods/q/log").statusCode()).isEqualTo(400);
		assertThat(get("/api/v1/namespaces/default/pods/q/log").body())
			.contains("a container name must be specified for pod q, choose one of: [a b]");
		assertThat(get("/api/v1/namespaces/default/pods/q/log?container=x").body())
			.contains("container x is not valid for pod q");
		assertThat(get("/api/v1/namespaces/default/pods/q/log?container=b").statusCode()).isEqualTo(200);
	}

	@Test
	void podMustExist() throws Exception {
		assertThat(get("/api/v1/namespaces/default/pods/none/log").statusCode()).isEqualTo(404);
	}

	private void create(String name, String containers) throws Exception {
		String pod = "{\"metadata\":{\"name\":\"%s\"},\"spec\":{\"containers\":[%s]}}".formatted(name, containers);
		HttpRequest request = HttpRequest.newBuilder(this.server.url().resolve("/api/v1/namespaces/default/pods"))
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(pod))
			.build();
		assertThat(this.client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(201);
	}

	private HttpResponse<String> get(String path) throws Exception {
		return this.client.send(HttpRequest.newBuilder(this.server.url().resolve(path)).build(),
				HttpResponse.BodyHandlers.ofString());
	}

}
