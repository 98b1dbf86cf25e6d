package io.github.k8sclient;

import java.util.Set;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * Tests for the structure of the client.
 */
class ArchitectureTests {

	private static final String BASE = "io.github.k8sclient.";

	private static final JavaClasses CORE = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.withImportOption((location) -> !location.contains("k8s-client-model"))
		.importPackages("io.github.k8sclient");

	@Test
	void packagesHaveNoCycles() {
		slices().matching("(**)").should().beFreeOfCycles().check(CORE);
	}

	@Test
	void packagesDependInOneDirection() {
		neverSees("config", "auth", "transport", "rest", "watch", "client", "discovery", "informer");
		neverSees("auth", "transport", "rest", "watch", "client", "discovery", "informer");
		neverSees("transport", "rest", "watch", "client", "discovery", "informer");
		neverSees("watch", "config", "auth", "transport", "rest", "client", "discovery", "informer");
		neverSees("rest", "client", "discovery", "informer");
		neverSees("streaming", "client", "discovery", "informer", "dynamic", "metadata", "scale");
		neverSees("client", "discovery", "informer", "dynamic", "metadata", "scale");
		neverSees("discovery", "client", "informer", "dynamic", "metadata", "scale");
		neverSees("resource", "config", "auth", "transport", "rest", "watch", "client", "discovery", "informer",
				"dynamic");
		neverSees("dynamic", "informer", "metadata", "scale");
	}

	@Test
	void informersSeeNothingOfTheNetwork() {
		neverSees("informer", "config", "auth", "transport", "rest", "client", "discovery");
		noClasses().that()
			.resideInAPackage(BASE + "informer..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("reactor.netty..", "io.netty..", "org.springframework.web..",
					"org.springframework.http..")
			.check(CORE);
	}

	private static void neverSees(String from, String... others) {
		String[] packages = new String[others.length];
		for (int i = 0; i < others.length; i++) {
			packages[i] = BASE + others[i] + "..";
		}
		noClasses().that()
			.resideInAPackage(BASE + from + "..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage(packages)
			.check(CORE);
	}

	@Test
	void coreDoesNotKnowSpringBoot() {
		noClasses().should().dependOnClassesThat().resideInAPackage("org.springframework.boot..").check(CORE);
	}

	@Test
	void nothingBlocks() {
		noClasses().should()
			.callMethodWhere(calls(Mono.class, "block", "blockOptional"))
			.orShould()
			.callMethodWhere(calls(Flux.class, "blockFirst", "blockLast", "toStream", "toIterable"))
			.orShould()
			.callMethodWhere(calls(Thread.class, "sleep"))
			.check(CORE);
	}

	private static DescribedPredicate<JavaMethodCall> calls(Class<?> owner, String... names) {
		return DescribedPredicate.describe("call " + owner.getSimpleName() + "." + String.join("/", names),
				(call) -> call.getTargetOwner().isAssignableTo(owner) && Set.of(names).contains(call.getName()));
	}

	@Test
	void packagesAreNullMarked() {
		classes().should(new ArchCondition<JavaClass>("be in a package that is null-marked") {

			@Override
			public void check(JavaClass type, ConditionEvents events) {
				boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
				events.add(new SimpleConditionEvent(type, marked, type.getPackageName() + " is not null-marked"));
			}

		}).check(CORE);
	}

}
