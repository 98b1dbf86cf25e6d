package io.github.k8sclient.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.k8sclient.GoneException;
import io.github.k8sclient.NotFoundException;
import io.github.k8sclient.api.core.v1.ConfigMap;
import io.github.k8sclient.meta.ListOptions;
import io.github.k8sclient.rest.ScriptedApiServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ListPages}, as {@link ResourceClient} uses it.
 */
class ListPagesTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final String PATH = "GET /api/v1/namespaces/a/configmaps";

	private static final String EXPIRED = """
			{"kind":"Status","apiVersion":"v1","metadata":{%s},"status":"Failure","reason":"Expired","code":410}""";

	@RegisterExtension
	final ScriptedApiServer server = new ScriptedApiServer();

	private Flux<String> names(ListOptions options) {
		return new ResourceClient<>(this.server.client(), ConfigMap.RESOURCE, "a").listAll(options)
			.map((map) -> map.metadata().name());
	}

	private void answerPage(String token, String... names) {
		List<String> items = new ArrayList<>();
		for (String name : names) {
			items.add("{\"metadata\":{\"name\":\"" + name + "\"}}");
		}
		this.server.answer(200, """
						{"kind":"ConfigMapList","apiVersion":"v1","metadata":{"resourceVersion":"9","continue":"%s"},\
				"items":[%s]}""".formatted(token, String.join(",", items)));
	}

	@Test
	void readsPageAfterPage() {
		answerPage("t1", "a", "b");
		answerPage("t2");
		answerPage("", "c");

		StepVerifier.create(names(ListOptions.builder().labelSelector("x").resourceVersion("5").limit(2L).build()))
			.expectNext("a", "b", "c")
			.expectComplete()
			.verify(TIMEOUT);

		assertThat(this.server.requestLine()).isEqualTo(PATH + "?labelSelector=x&resourceVersion=5&limit=2");
		assertThat(this.server.requestLine()).isEqualTo(PATH + "?labelSelector=x&limit=2&continue=t1");
		assertThat(this.server.requestLine()).isEqualTo(PATH + "?labelSelector=x&limit=2&continue=t2");
	}

	@Test
	void pagesHave500ItemsByDefault() {
		answerPage("");

		StepVerifier.create(names(ListOptions.builder().build())).expectComplete().verify(TIMEOUT);

		assertThat(this.server.requestLine()).isEqualTo(PATH + "?limit=500");
	}

	@Test
	void goesOnWithTheTokenOfTheServerWhenItsOwnHasExpired() {
		answerPage("old", "a");
		this.server.answer(410, EXPIRED.formatted("\"continue\":\"new\""));
		answerPage("", "b");

		StepVerifier.create(names(ListOptions.builder().limit(1L).build()))
			.expectNext("a", "b")
			.expectComplete()
			.verify(TIMEOUT);

		this.server.request();
		assertThat(this.server.requestLine()).endsWith("continue=old");
		assertThat(this.server.requestLine()).endsWith("continue=new");
	}

	@Test
	void failsWhenTheTokenHasExpiredAndTheServerGivesNoOther() {
		answerPage("old", "a");
		this.server.answer(410, EXPIRED.formatted(""));

		StepVerifier.create(names(ListOptions.builder().build()))
			.expectNext("a")
			.expectError(GoneException.class)
			.verify(TIMEOUT);
	}

	@Test
	void failsWhenAPageFails() {
		answerPage("t", "a");
		this.server.answer(404, "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"reason\":\"NotFound\",\"code\":404}");

		StepVerifier.create(names(ListOptions.builder().build()))
			.expectNext("a")
			.expectError(NotFoundException.class)
			.verify(TIMEOUT);
	}

	@Test
	void asksForNoMoreThanOnePageAhead() {
		answerPage("t1", "a", "b");
		answerPage("t2", "c", "d");
		answerPage("", "e");

		StepVerifier.create(names(ListOptions.builder().build()), 0)
			.thenRequest(1)
			.expectNext("a")
			.thenCancel()
			.verify(TIMEOUT);

		assertThat(this.server.server().getRequestCount()).isLessThanOrEqualTo(2);
	}

}
