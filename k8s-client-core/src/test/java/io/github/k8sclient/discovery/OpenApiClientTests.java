package io.github.k8sclient.discovery;

import java.net.URI;
import java.time.Duration;

import io.github.k8sclient.meta.GroupVersion;
import io.github.k8sclient.rest.ScriptedApiServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OpenApiClient}.
 */
class OpenApiClientTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final GroupVersion APPS = new GroupVersion("apps", "v1");

	@RegisterExtension
	final ScriptedApiServer server = new ScriptedApiServer();

	private OpenApiClient openApi;

	@BeforeEach
	void createClient() {
		this.openApi = OpenApiClient.create(this.server.client());
	}

	@Test
	void readsTheIndex() {
		answerIndex("A%2FB");

		assertThat(this.openApi.paths().block(TIMEOUT)).containsOnlyKeys("api/v1", "apis/apps/v1")
			.containsEntry("apis/apps/v1", URI.create("/openapi/v3/apis/apps/v1?hash=A%2FB"));
	}

	@Test
	void readsADocumentAtItsAddress() {
		answerIndex("A");
		this.server.answer(200, "{\"openapi\":\"3.0.0\"}");

		assertThat(this.openApi.document(APPS).block(TIMEOUT).path("openapi").asString()).isEqualTo("3.0.0");
		assertThat(this.server.requestLine()).isEqualTo("GET /openapi/v3");
		assertThat(this.server.requestLine()).isEqualTo("GET /openapi/v3/apis/apps/v1?hash=A");
	}

	@Test
	void readsADocumentAgainOnlyIfItHasChanged() {
		answerIndex("A");
		this.server.answer(200, "{\"openapi\":\"old\"}");
		answerIndex("A");
		answerIndex("B");
		this.server.answer(200, "{\"openapi\":\"new\"}");

		assertThat(this.openApi.document(APPS).block(TIMEOUT).path("openapi").asString()).isEqualTo("old");
		assertThat(this.openApi.document(APPS).block(TIMEOUT).path("openapi").asString()).isEqualTo("old");
		assertThat(this.openApi.document(APPS).block(TIMEOUT).path("openapi").asString()).isEqualTo("new");
	}

	@Test
	void forgetsDocumentsOnRequest() {
		answerIndex("A");
		this.server.answer(200, "{\"openapi\":\"old\"}");
		this.openApi.document(APPS).block(TIMEOUT);
		answerIndex("A");
		this.server.answer(200, "{\"openapi\":\"new\"}");

		this.openApi.invalidate();

		assertThat(this.openApi.document(APPS).block(TIMEOUT).path("openapi").asString()).isEqualTo("new");
	}

	@Test
	void findsNoDocumentOfAnUnknownName() {
		answerIndex("A");

		assertThat(this.openApi.document("apis/none/v1").blockOptional(TIMEOUT)).isEmpty();
	}

	private void answerIndex(String hash) {
		this.server.answer(200, """
				{"paths":{"api/v1":{"serverRelativeURL":"/openapi/v3/api/v1?hash=C"},
				"apis/apps/v1":{"serverRelativeURL":"/openapi/v3/apis/apps/v1?hash=%s"}}}""".formatted(hash));
	}

}
