package io.github.k8sclient;

import io.github.k8sclient.meta.Status;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ObjectRecreatedException}, with the words of API servers.
 */
class ObjectRecreatedExceptionTests {

	@Test
	void anotherObjectHasTheName() {
		Status status = Status.builder()
			.code(422)
			.reason("Invalid")
			.details((details) -> details.kind("configmaps")
				.name("a")
				.addCause((cause) -> cause.reason("FieldValueInvalid")
					.field("metadata.uid")
					.message("Invalid value: \"x\": field is immutable")))
			.build();

		assertThat(KubernetesApiException.of(status)).isInstanceOf(ObjectRecreatedException.class);
	}

	@Test
	void noObjectHasTheNameAnyMore() {
		Status status = Status.builder()
			.code(409)
			.reason("Conflict")
			.message(
					"Operation cannot be fulfilled on configmaps \"a\": uid mismatch: the provided object specified uid"
							+ " x, and no existing object was found")
			.build();

		assertThat(KubernetesApiException.of(status)).isInstanceOf(ObjectRecreatedException.class);
	}

	@Test
	void otherInvalidFieldsAndConflictsKeepTheirTypes() {
		Status invalid = Status.builder()
			.code(422)
			.reason("Invalid")
			.details((details) -> details.addCause((cause) -> cause.field("spec.selector")))
			.build();
		Status conflict = Status.builder()
			.code(409)
			.reason("Conflict")
			.message("the object has been modified; please apply your changes to the latest version and try again")
			.build();

		assertThat(KubernetesApiException.of(invalid)).isInstanceOf(InvalidException.class);
		assertThat(KubernetesApiException.of(conflict)).isInstanceOf(ConflictException.class);
	}

}
