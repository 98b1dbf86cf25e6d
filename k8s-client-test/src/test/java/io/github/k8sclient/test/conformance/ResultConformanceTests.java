package io.github.k8sclient.test.conformance;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.k8sclient.AlreadyExistsException;
import io.github.k8sclient.NotFoundException;
import io.github.k8sclient.api.core.v1.ConfigMap;
import io.github.k8sclient.meta.CreateOptions;
import io.github.k8sclient.meta.FieldValidation;
import io.github.k8sclient.rest.RESTClient;
import io.github.k8sclient.rest.Request;
import io.github.k8sclient.rest.Result;
import io.github.k8sclient.rest.Warning;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Whole responses and the warnings in them.
 */
@ConformanceTest
class ResultConformanceTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	@Parameter
	ConformanceServer server;

	private final List<Warning> warnings = new CopyOnWriteArrayList<>();

	private RESTClient client;

	private String namespace;

	@BeforeEach
	void createClient() {
		this.namespace = this.server.newNamespace();
		this.client = this.server.restClient(this.warnings::add);
	}

	private Request maps(Request request) {
		return request.namespace(this.namespace).resource("configmaps");
	}

	private Request post(String json) {
		return maps(this.client.post()).body(json.getBytes(StandardCharsets.UTF_8), "application/json");
	}

	@Test
	void resultTellsWhetherSomethingWasCreated() {
		Result created = post("{\"metadata\":{\"name\":\"a\"}}").result().block(TIMEOUT);
		Result read = maps(this.client.get()).name("a").result().block(TIMEOUT);

		assertThat(created.code()).isEqualTo(201);
		assertThat(created.created()).isTrue();
		assertThat(created.error()).isNull();
		assertThat(created.warnings()).isEmpty();
		assertThat(read.code()).isEqualTo(200);
		assertThat(read.created()).isFalse();
		assertThat(read.into(ConfigMap.class).metadata().uid())
			.isEqualTo(created.into(ConfigMap.class).metadata().uid());
	}

	@Test
	void refusalIsPartOfTheResult() {
		post("{\"metadata\":{\"name\":\"a\"}}").result().block(TIMEOUT);
		Result again = post("{\"metadata\":{\"name\":\"a\"}}").result().block(TIMEOUT);
		Result missing = maps(this.client.get()).name("none").result().block(TIMEOUT);

		assertThat(again.code()).isEqualTo(409);
		assertThat(again.error()).isInstanceOf(AlreadyExistsException.class)
			.hasMessageContaining("configmaps \"a\" already exists");
		assertThat(missing.code()).isEqualTo(404);
		assertThat(missing.error()).isInstanceOf(NotFoundException.class);
		assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> missing.into(ConfigMap.class));
	}

	@Test
	void deprecatedKindIsWarnedOf() {
		Result result = this.client.get().resource("componentstatuses").result().block(TIMEOUT);

		Warning deprecated = new Warning(299, "-", "v1 ComponentStatus is deprecated in v1.19+");
		assertThat(result.warnings()).containsExactly(deprecated);
		assertThat(this.warnings).containsExactly(deprecated);
	}

	@Test
	void unknownFieldsAreWarnedOfIfTheRequestSaysSo() {
		this.server.assumeRelease(27, "no field validation");
		String odd = "{\"metadata\":{\"name\":\"a\"},\"no\\\"such\":1}";

		Result ignored = post(odd)
			.versionedParams(
					CreateOptions.builder().dryRun(List.of("All")).fieldValidation(FieldValidation.IGNORE).build())
			.result()
			.block(TIMEOUT);
		Result warned = post(odd)
			.versionedParams(
					CreateOptions.builder().dryRun(List.of("All")).fieldValidation(FieldValidation.WARN).build())
			.result()
			.block(TIMEOUT);
		Result refused = post(odd)
			.versionedParams(
					CreateOptions.builder().dryRun(List.of("All")).fieldValidation(FieldValidation.STRICT).build())
			.result()
			.block(TIMEOUT);

		assertThat(ignored.warnings()).isEmpty();
		assertThat(warned.code()).isEqualTo(201);
		assertThat(warned.warnings()).extracting(Warning::text).containsExactly("unknown field \"no\\\"such\"");
		assertThat(this.warnings).isEqualTo(warned.warnings());
		assertThat(refused.code()).isEqualTo(400);
		assertThat(refused.error()).hasMessageContaining("strict decoding error");
	}

}
