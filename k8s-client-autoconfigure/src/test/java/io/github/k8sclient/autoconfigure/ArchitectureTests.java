package io.github.k8sclient.autoconfigure;

import java.util.Objects;
import java.util.stream.Collectors;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * Rules that the auto-configurations follow, as those of Spring Boot do.
 */
@AnalyzeClasses(packages = { "io.github.k8sclient.autoconfigure", "io.github.k8sclient.event" },
		importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	@ArchTest
	static final ArchRule packagesAreFreeOfCycles = slices().matching("(**)").should().beFreeOfCycles();

	@ArchTest
	static final ArchRule packagesAreNullMarked = classes().that()
		.haveSimpleName("package-info")
		.should()
		.beAnnotatedWith(NullMarked.class);

	@ArchTest
	static final ArchRule autoConfigurationsArePublicAndFinal = classes().that()
		.areAnnotatedWith(AutoConfiguration.class)
		.should()
		.bePublic()
		.andShould()
		.haveModifier(JavaModifier.FINAL);

	@ArchTest
	static final ArchRule autoConfigurationsHaveNoPublicMethods = methods().that()
		.areDeclaredInClassesThat()
		.areMetaAnnotatedWith(Configuration.class)
		.should()
		.notBePublic();

	@ArchTest
	static final ArchRule configurationsProxyNoBeanMethods = classes().that()
		.areAnnotatedWith(Configuration.class)
		.should(haveAttribute(Configuration.class, "proxyBeanMethods", false))
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule postProcessorsAreStatic = methods().that()
		.areAnnotatedWith(Bean.class)
		.and()
		.haveRawReturnType(postProcessor())
		.should()
		.beStatic()
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule beanMethodsAreNotConditionalOnClass = methods().that()
		.areAnnotatedWith(Bean.class)
		.should()
		.notBeAnnotatedWith(ConditionalOnClass.class);

	@ArchTest
	static final ArchRule conditionOnMissingBeanDoesNotRepeatReturnType = methods().that()
		.areAnnotatedWith(ConditionalOnMissingBean.class)
		.should(notRepeatReturnType());

	@ArchTest
	static final ArchRule propertiesNameTheirPrefixByValue = classes().that()
		.areAnnotatedWith(ConfigurationProperties.class)
		.should(haveAttribute(ConfigurationProperties.class, "prefix", ""));

	@ArchTest
	static final ArchRule argumentsAreCheckedBySpring = noClasses().should()
		.callMethod(Objects.class, "requireNonNull", Object.class, String.class);

	@ArchTest
	static final ArchRule collectorsAreReplacedByToList = noClasses().should().callMethod(Collectors.class, "toList");

	@ArchTest
	static final ArchRule caseIsChangedWithLocale = noClasses().should()
		.callMethod(String.class, "toLowerCase")
		.orShould()
		.callMethod(String.class, "toUpperCase");

	@ArchTest
	static final ArchRule onlyTheLifecycleBlocks = noClasses().that()
		.doNotHaveSimpleName("InformerLifecycle")
		.should()
		.callMethod(Mono.class, "block")
		.orShould()
		.callMethod(Flux.class, "blockLast");

	private static DescribedPredicate<JavaClass> postProcessor() {
		return JavaClass.Predicates.assignableTo(BeanPostProcessor.class)
			.or(JavaClass.Predicates.assignableTo(BeanFactoryPostProcessor.class));
	}

	private static ArchCondition<JavaClass> haveAttribute(Class<?> annotation, String name, Object expected) {
		return new ArchCondition<>("have @" + annotation.getSimpleName() + "(" + name + " = " + expected + ")") {

			@Override
			public void check(JavaClass item, ConditionEvents events) {
				Object value = item.getAnnotationOfType(annotation.getName()).get(name).orElse(null);
				events.add(new SimpleConditionEvent(item, expected.equals(value), item.getName() + " has " + value));
			}

		};
	}

	private static ArchCondition<JavaMethod> notRepeatReturnType() {
		return new ArchCondition<>("not repeat the return type") {

			@Override
			public void check(JavaMethod item, ConditionEvents events) {
				JavaAnnotation<?> annotation = item.getAnnotationOfType(ConditionalOnMissingBean.class.getName());
				Object[] types = (Object[]) annotation.get("value").orElse(new Object[0]);
				boolean repeats = types.length == 1
						&& ((JavaClass) types[0]).getName().equals(item.getRawReturnType().getName());
				events.add(new SimpleConditionEvent(item, !repeats, item.getFullName()));
			}

		};
	}

}
