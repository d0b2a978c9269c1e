// Trains a small network in JShell and asks it about some digits.
import org.aparanet.*
import org.aparanet.data.*

var mnist = DataSets.open("mnist", Path.of("data"))
var training = Training.network("conv 8 3 relu, pool 2, dense 10").limit(6000).epochs(2).batch(8)
var result = training.run(mnist)
System.out.println("test accuracy " + result.accuracy())

var digits = Predictor.open(result.model())
var test = mnist.test()
for (int i = 0; i < 5; i++) {
  System.out.println("a " + test.label(i) + " looks like " + digits.predictSet(test.only(i)).get(0));
}
digits.close()
/exit
